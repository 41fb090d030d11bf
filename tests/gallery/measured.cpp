#include "tests/gallery/measured.h"

#include "client/ui/application/language.h"

#include <QDir>
#include <QPixmap>
#include <QWidget>

namespace prism::gallery {

void Measured::note(const QStringList& faults, QWidget& window, const QString& state, const QString& where)
{
    for (const QString& fault : faults)
        m_found[fault].append(where);
    const QString folder = qEnvironmentVariable("PRISM_ARTEFACTS_DIR");
    if (faults.isEmpty() || folder.isEmpty())
        return;
    QDir().mkpath(folder);
    window.grab().save(QDir(folder).filePath(QStringLiteral("%1-%2-%3.png").arg(m_kind, state, where)));
}

QByteArray Measured::text() const
{
    QStringList lines;
    for (auto fault = m_found.cbegin(); fault != m_found.cend(); ++fault)
        lines.append(fault.key() + QStringLiteral(" at ") + fault->join(u' '));
    return lines.join(u'\n').toUtf8();
}

QString whereOf(const QWidget& window, const QLocale& language)
{
    return QStringLiteral("%1x%2-%3")
        .arg(window.width())
        .arg(window.height())
        .arg(ui::Language::codeOf(language));
}

} // namespace prism::gallery
