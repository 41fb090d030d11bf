#include "client/report/say.h"

#include <unistd.h>

namespace prism::report {

namespace {

QString printable(QString text)
{
    for (QChar& character : text) {
        const bool isControl = character.category() == QChar::Other_Control && character != u'\n';
        if (isControl || character.category() == QChar::Other_Format)
            character = QChar(QChar::ReplacementCharacter);
    }
    return text;
}

} // namespace

void say(const QString& line)
{
    sayPlainly(QStringLiteral("prism-report: ") + line);
}

void sayPlainly(const QString& line)
{
    const QByteArray bytes = printable(line).toUtf8() + '\n';
    // One call, so that lines of several programs stay whole. Nobody may be there to read it.
    [[maybe_unused]] const ssize_t written =
        ::write(STDERR_FILENO, bytes.constData(), std::size_t(bytes.size()));
}

} // namespace prism::report
