#include "server/log/line.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace prism::log {

namespace {

const char* nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

bool isPlain(QChar character)
{
    switch (character.category()) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

QString escaped(QChar character)
{
    switch (character.unicode()) {
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    default:
        break;
    }
    const ushort code = character.unicode();
    return code < 0x100 ? QStringLiteral("\\x%1").arg(code, 2, 16, QLatin1Char('0'))
                        : QStringLiteral("\\u%1").arg(code, 4, 16, QLatin1Char('0'));
}

bool startsPair(QStringView text, qsizetype at)
{
    return text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
}

} // namespace

QString printable(QStringView text)
{
    QString line;
    line.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (startsPair(text, i)) {
            line += text.mid(i, 2);
            ++i;
        } else if (isPlain(text[i])) {
            line += text[i];
        } else {
            line += escaped(text[i]);
        }
    }
    return line;
}

QByteArray toLine(const Entry& entry, Format format)
{
    if (format == Format::Text)
        return protocol::toIso(entry.at).toLatin1() + ' ' + nameOf(entry.type) + ' ' + entry.category + ": " +
               printable(entry.message).toUtf8() + '\n';
    const QJsonObject object{{QLatin1String("timestamp"), protocol::toIso(entry.at)},
                             {QLatin1String("level"), QString::fromLatin1(nameOf(entry.type))},
                             {QLatin1String("category"), QString::fromLatin1(entry.category)},
                             {QLatin1String("message"), printable(entry.message)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace prism::log
