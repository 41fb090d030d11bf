#pragma once

#include "client/model/check_time_limits.h"

#include <QObject>
#include <QSettings>

#include <chrono>

namespace prism::model {

/// Which colours the window wears.
enum class ThemeChoice { System, Light, Dark };

/// What the person chose for this dashboard, kept in a file of its own. A value in the file that makes no
/// sense counts as not chosen; a value set that makes no sense is not taken. Lives on the GUI thread.
class Preferences : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds shortestPollInterval{5};
    static constexpr std::chrono::seconds longestPollInterval{3'600};

    /// `file` is an INI file, which need not exist yet.
    explicit Preferences(const QString& file, QObject* parent = nullptr);

    /// "en", "zh_CN", or empty: the system's.
    QString language() const { return m_language; }
    void setLanguage(const QString& code);

    ThemeChoice theme() const { return m_theme; }
    void setTheme(ThemeChoice theme);

    CheckTimeLimits checkTimeLimits() const { return m_limits; }
    /// False, and nothing changed, when they are not valid.
    bool setCheckTimeLimits(const CheckTimeLimits& limits);

    /// Whether alerts become notifications of the desktop.
    bool notifications() const { return m_notifications; }
    void setNotifications(bool wanted);

    /// Whether closing the window leaves the dashboard in the tray, where there is one.
    bool keepInTray() const { return m_keepInTray; }
    void setKeepInTray(bool kept);

    /// How often the server is asked while push is down; kept within the two bounds above.
    std::chrono::seconds pollInterval() const { return m_pollInterval; }
    void setPollInterval(std::chrono::seconds interval);

signals:
    void languageChanged(const QString& code);
    void themeChanged(prism::model::ThemeChoice theme);
    void checkTimeLimitsChanged(const prism::model::CheckTimeLimits& limits);
    void notificationsChanged(bool wanted);
    void pollIntervalChanged(std::chrono::seconds interval);

private:
    void load();

    QSettings m_store;
    QString m_language;
    ThemeChoice m_theme = ThemeChoice::System;
    CheckTimeLimits m_limits;
    bool m_notifications = true;
    bool m_keepInTray = false;
    std::chrono::seconds m_pollInterval{30};
};

} // namespace prism::model
