#pragma once

#include <QMap>
#include <QString>
#include <QStringList>

class QLocale;
class QWidget;

namespace prism::gallery {

/// What was found in many looks at a window: each fault once, with where, as QtTest cuts long messages. Keeps
/// a picture of what had one among the artefacts.
class Measured
{
public:
    /// Pictures' names begin so.
    explicit Measured(const QString& kind)
        : m_kind(kind)
    {
    }

    void note(const QStringList& faults, QWidget& window, const QString& state, const QString& where);
    bool isClean() const { return m_found.isEmpty(); }
    QByteArray text() const;

private:
    QString m_kind;
    QMap<QString, QStringList> m_found;
};

/// "960x640-zh_CN"
QString whereOf(const QWidget& window, const QLocale& language);

} // namespace prism::gallery
