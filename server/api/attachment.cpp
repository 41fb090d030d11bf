#include "server/api/attachment.h"

#include <QUrl>

#include <algorithm>

namespace prism::api {

namespace {

/// Bytes that file systems take for a name.
constexpr qsizetype longestName = 200;

bool isHarmful(QChar c)
{
    constexpr QStringView meaningful(u"/\\:*?\"<>|%");
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format ||
           meaningful.contains(c);
}

/// A name of one file in one folder, of whole characters.
QString harmless(const QString& name)
{
    QString safe;
    qsizetype bytes = 0;
    const QList<uint> characters = name.toUcs4();
    for (const char32_t character : characters) {
        const QString text = QString::fromUcs4(&character, 1);
        bytes += text.toUtf8().size();
        if (bytes > longestName)
            break;
        safe += isHarmful(text.front()) ? QStringLiteral("_") : text;
    }
    if (safe.startsWith(u'.'))
        safe[0] = u'_';
    return safe.isEmpty() ? QStringLiteral("_") : safe;
}

} // namespace

QByteArray attachment(const QString& fileName)
{
    const QString name = harmless(fileName);
    QString plain;
    for (const QChar c : name)
        plain += c.unicode() < 0x80 ? c : QChar(u'_');
    const QByteArray disposition = "attachment; filename=\"" + plain.toLatin1() + '"';
    return plain == name ? disposition : disposition + "; filename*=UTF-8''" + QUrl::toPercentEncoding(name);
}

} // namespace prism::api
