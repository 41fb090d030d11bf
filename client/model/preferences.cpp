#include "client/model/preferences.h"

#include <algorithm>
#include <array>
#include <utility>

namespace prism::model {

using std::chrono::seconds;

namespace {

constexpr auto languageKey = "preferences/language";
constexpr auto themeKey = "preferences/theme";
constexpr auto goodBelowKey = "preferences/checkTimeGoodBelow";
constexpr auto acceptableBelowKey = "preferences/checkTimeAcceptableBelow";
constexpr auto notificationsKey = "preferences/notifications";
constexpr auto keepInTrayKey = "preferences/keepInTray";
constexpr auto pollIntervalKey = "preferences/pollSeconds";

constexpr std::array themes{std::pair(ThemeChoice::System, QLatin1String("system")),
                            std::pair(ThemeChoice::Light, QLatin1String("light")),
                            std::pair(ThemeChoice::Dark, QLatin1String("dark"))};

QString key(const char* name)
{
    return QString::fromLatin1(name);
}

bool isLanguage(const QString& code)
{
    return code.isEmpty() || code == QLatin1String("en") || code == QLatin1String("zh_CN");
}

} // namespace

Preferences::Preferences(const QString& file, QObject* parent)
    : QObject(parent)
    , m_store(file, QSettings::IniFormat)
{
    load();
}

void Preferences::load()
{
    const QString language = m_store.value(key(languageKey)).toString();
    if (isLanguage(language))
        m_language = language;

    const QString name = m_store.value(key(themeKey)).toString();
    for (const auto& [theme, stored] : themes) {
        if (name == stored)
            m_theme = theme;
    }

    const CheckTimeLimits limits{m_store.value(key(goodBelowKey)).toDouble(),
                                 m_store.value(key(acceptableBelowKey)).toDouble()};
    if (limits.isValid())
        m_limits = limits;

    const QString wanted = m_store.value(key(notificationsKey)).toString();
    if (wanted == QLatin1String("false"))
        m_notifications = false;

    m_keepInTray = m_store.value(key(keepInTrayKey)).toString() == QLatin1String("true");

    bool isNumber = false;
    const seconds interval{m_store.value(key(pollIntervalKey)).toInt(&isNumber)};
    if (isNumber && interval >= shortestPollInterval && interval <= longestPollInterval)
        m_pollInterval = interval;
}

void Preferences::setLanguage(const QString& code)
{
    if (code == m_language || !isLanguage(code))
        return;
    m_language = code;
    m_store.setValue(key(languageKey), code);
    emit languageChanged(code);
}

void Preferences::setTheme(ThemeChoice theme)
{
    if (theme == m_theme)
        return;
    m_theme = theme;
    for (const auto& [choice, name] : themes) {
        if (choice == theme)
            m_store.setValue(key(themeKey), QString(name));
    }
    emit themeChanged(theme);
}

bool Preferences::setCheckTimeLimits(const CheckTimeLimits& limits)
{
    if (!limits.isValid())
        return false;
    if (limits == m_limits)
        return true;
    m_limits = limits;
    m_store.setValue(key(goodBelowKey), limits.goodBelow);
    m_store.setValue(key(acceptableBelowKey), limits.acceptableBelow);
    emit checkTimeLimitsChanged(limits);
    return true;
}

void Preferences::setNotifications(bool wanted)
{
    if (wanted == m_notifications)
        return;
    m_notifications = wanted;
    m_store.setValue(key(notificationsKey), wanted);
    emit notificationsChanged(wanted);
}

void Preferences::setKeepInTray(bool kept)
{
    m_keepInTray = kept;
    m_store.setValue(key(keepInTrayKey), kept);
}

void Preferences::setPollInterval(seconds interval)
{
    interval = std::clamp(interval, shortestPollInterval, longestPollInterval);
    if (interval == m_pollInterval)
        return;
    m_pollInterval = interval;
    m_store.setValue(key(pollIntervalKey), int(interval.count()));
    emit pollIntervalChanged(interval);
}

} // namespace prism::model
