#include "client/ui/settings/preferences_panel.h"

#include "client/model/preferences.h"
#include "client/ui/application/language.h"
#include "client/ui/settings/setting_row.h"
#include "client/ui/theme/theme.h"
#include "client/ui/widgets/form_scroll.h"
#include "client/ui/widgets/number_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <cmath>

namespace prism::ui {

using model::Preferences;
using model::ThemeChoice;

namespace {

NumberField* numberBox(const char* name, double least, double most, int decimals)
{
    auto* box = new NumberField;
    box->setObjectName(QLatin1String(name));
    box->setLimits(least, most, decimals);
    box->setKeyboardTracking(false); // half a number is not what is meant
    return box;
}

} // namespace

PreferencesPanel::PreferencesPanel(Preferences& preferences, QWidget* parent)
    : Panel(parent)
    , m_preferences(preferences)
    , m_language(new QComboBox)
    , m_theme(new QComboBox)
    , m_goodBelow(numberBox("good-below", 0.1, model::CheckTimeLimits::longest, 1))
    , m_acceptableBelow(numberBox("acceptable-below", 0.1, model::CheckTimeLimits::longest, 1))
    , m_notifications(new QCheckBox)
    , m_pollInterval(numberBox("poll-interval", double(Preferences::shortestPollInterval.count()),
                               double(Preferences::longestPollInterval.count()), 0))
    , m_languageRow(new SettingRow(m_language))
    , m_themeRow(new SettingRow(m_theme))
    , m_goodRow(new SettingRow(m_goodBelow))
    , m_acceptableRow(new SettingRow(m_acceptableBelow))
    , m_notificationsRow(new SettingRow(m_notifications))
    , m_pollRow(new SettingRow(m_pollInterval))
{
    m_language->setObjectName(QStringLiteral("preferred-language"));
    m_theme->setObjectName(QStringLiteral("theme"));
    m_notifications->setObjectName(QStringLiteral("notifications"));
    m_language->addItem(QString(), QString());
    const QList<QLocale> languages = Language::all();
    for (const QLocale& language : languages)
        m_language->addItem(Language::nameOf(language), Language::codeOf(language));
    auto* rows = new QWidget;
    auto* column = new QVBoxLayout(rows);
    column->setContentsMargins(0, 0, space::small, 0);
    column->setSpacing(0);
    for (SettingRow* row :
         {m_languageRow, m_themeRow, m_goodRow, m_acceptableRow, m_notificationsRow, m_pollRow})
        column->addWidget(row);
    column->addStretch(1);
    auto* scroll = new FormScroll;
    scroll->setWidget(rows);
    body()->addWidget(scroll, 1);
    connectControls();
    PreferencesPanel::retranslate();
    showChoices();
    showLimits();
    showPollInterval();
}

void PreferencesPanel::connectControls()
{
    connect(m_language, &QComboBox::activated, this,
            [this](int row) { emit languageChosen(m_language->itemData(row).toString()); });
    connect(m_theme, &QComboBox::activated, this,
            [this](int row) { m_preferences.setTheme(ThemeChoice(row)); });
    connect(m_goodBelow, &NumberField::valueChanged, this, &PreferencesPanel::setLimits);
    connect(m_acceptableBelow, &NumberField::valueChanged, this, &PreferencesPanel::setLimits);
    connect(m_notifications, &QCheckBox::toggled, &m_preferences, &Preferences::setNotifications);
    connect(m_pollInterval, &NumberField::valueChanged, &m_preferences, [this](double seconds) {
        m_preferences.setPollInterval(std::chrono::seconds(std::llround(seconds)));
    });
    // Each by itself: what is typed into one and not applied yet is not lost by another.
    connect(&m_preferences, &Preferences::languageChanged, this, &PreferencesPanel::showChoices);
    connect(&m_preferences, &Preferences::themeChanged, this, &PreferencesPanel::showChoices);
    connect(&m_preferences, &Preferences::notificationsChanged, this, &PreferencesPanel::showChoices);
    connect(&m_preferences, &Preferences::checkTimeLimitsChanged, this, &PreferencesPanel::showLimits);
    connect(&m_preferences, &Preferences::pollIntervalChanged, this, &PreferencesPanel::showPollInterval);
}

void PreferencesPanel::showChoices()
{
    const QSignalBlocker quiet(m_notifications);
    m_language->setCurrentIndex(m_language->findData(m_preferences.language()));
    m_theme->setCurrentIndex(int(m_preferences.theme()));
    m_notifications->setChecked(m_preferences.notifications());
}

void PreferencesPanel::showLimits()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_goodBelow), QSignalBlocker(m_acceptableBelow)};
    m_goodBelow->display(m_preferences.checkTimeLimits().goodBelow);
    m_acceptableBelow->display(m_preferences.checkTimeLimits().acceptableBelow);
    m_goodRow->setProblem({});
}

void PreferencesPanel::showPollInterval()
{
    const QSignalBlocker quiet(m_pollInterval);
    m_pollInterval->display(double(m_preferences.pollInterval().count()));
}

void PreferencesPanel::setLimits()
{
    const bool taken = m_preferences.setCheckTimeLimits({m_goodBelow->value(), m_acceptableBelow->value()});
    m_goodRow->setProblem(taken ? QString() : tr("Must be below the next one; not applied yet."));
}

void PreferencesPanel::retranslate()
{
    setTitle(tr("This dashboard"));
    m_language->setItemText(0, tr("As the system"));
    const QStringList themes{tr("As the system"), tr("Light"), tr("Dark")};
    for (int i = 0; i < themes.size(); ++i) {
        if (m_theme->count() <= i)
            m_theme->addItem({});
        m_theme->setItemText(i, themes[i]);
    }
    for (NumberField* box : {m_goodBelow, m_acceptableBelow, m_pollInterval})
        box->setLocale(locale());
    for (NumberField* box : {m_goodBelow, m_acceptableBelow})
        box->setSuffix(tr(" ms", "after a number"));
    m_pollInterval->setSuffix(tr(" s", "after a number"));
    m_languageRow->setTexts(tr("Language"), tr("Of this window, from now on"));
    m_themeRow->setTexts(tr("Theme"), tr("Light or dark, or as the desktop has it"));
    m_goodRow->setTexts(tr("Check time is good below"), tr("Green in the charts"));
    m_acceptableRow->setTexts(tr("Check time is acceptable below"), tr("Amber in the charts; above it red"));
    m_notificationsRow->setTexts(tr("Desktop notifications"), tr("When the server raises an alert"));
    m_notifications->setText(tr("Show them"));
    m_pollRow->setTexts(tr("Polling interval"), tr("How often the server is asked while it cannot push"));
}

} // namespace prism::ui
