#pragma once

#include "client/model/server_settings_model.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace prism::ui {

/// The server's settings as a person reads them; `key` is the path on the wire ("alerts.performanceFactor").
class ServerSettingsWords
{
    Q_DECLARE_TR_FUNCTIONS(prism::ui::ServerSettingsWords)

public:
    /// Why they cannot be shown as they are now; empty while they can.
    static QString state(model::ServerSettingsModel::State state, const std::optional<protocol::Error>& error,
                         const QLocale& locale);
    static QStringList levels();
    static QString level(const QString& level);
    static QString name(const QString& key);
    static QString hint(const QString& key);
    /// What follows the number; empty for none.
    static QString unit(const QString& key);
};

} // namespace prism::ui
