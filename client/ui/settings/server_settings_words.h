#pragma once

#include <QCoreApplication>
#include <QStringList>

namespace prism::ui {

/// The server's settings as a person reads them; `key` is the path on the wire ("alerts.performanceFactor").
class ServerSettingsWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::ServerSettingsWords)

public:
    static QStringList levels();
    static QString level(const QString& level);
    static QString name(const QString& key);
    static QString hint(const QString& key);
    /// What follows the number; empty for none.
    static QString unit(const QString& key);
};

} // namespace prism::ui
