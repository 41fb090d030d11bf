#include "client/report/ini_file.h"

#include <algorithm>

namespace prism::report {

namespace {

/// `[remote "origin"]`: the name of a section is of any case, what is quoted behind it is not.
QString sectionOf(const QString& line)
{
    const QString inner = line.mid(1, line.lastIndexOf(u']') - 1).trimmed();
    const qsizetype quote = inner.indexOf(u'"');
    return quote < 0 ? inner.toLower() : inner.left(quote).toLower() + inner.mid(quote);
}

/// Without quotes, with what they and backslashes stand for, and without a comment behind it.
QString unquoted(QStringView text)
{
    QString value;
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar character = text[i];
        if (character == u'"')
            quoted = !quoted;
        else if (character == u'\\' && i + 1 < text.size())
            value += text[++i];
        else if (!quoted && (character == u'#' || character == u';'))
            break;
        else
            value += character;
    }
    return value.trimmed();
}

} // namespace

IniFile::IniFile(const QByteArray& text)
{
    QString section;
    const QStringList lines = QString::fromUtf8(text).split(u'\n');
    for (const QString& raw : lines) {
        const QString line = raw.trimmed();
        if (line.startsWith(u'[')) {
            section = sectionOf(line);
            continue;
        }
        const qsizetype equals = line.indexOf(u'=');
        if (equals <= 0 || line.startsWith(u'#') || line.startsWith(u';'))
            continue;
        m_lines.append(
            {section, line.left(equals).trimmed().toLower(), unquoted(QStringView(line).mid(equals + 1))});
    }
}

QString IniFile::value(QStringView section, QStringView key) const
{
    const auto line = std::find_if(m_lines.crbegin(), m_lines.crend(), [&](const Line& each) {
        return each.section == section && each.key == key;
    });
    return line == m_lines.crend() ? QString() : line->value;
}

} // namespace prism::report
