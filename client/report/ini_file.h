#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace prism::report {

/// A file of sections, keys and values, as Git's configuration is one and this program's own. Of keys that
/// are said several times the last counts.
class IniFile
{
public:
    IniFile() = default;

    /// Lines that make no sense are passed over.
    explicit IniFile(const QByteArray& text);

    /// Of the section as it is written ("remote \"origin\"", in small letters but for what is quoted); before
    /// the first section that is an empty name. Empty where it is not said.
    QString value(QStringView section, QStringView key) const;

private:
    struct Line
    {
        QString section;
        QString key;
        QString value;
    };

    QList<Line> m_lines;
};

} // namespace prism::report
