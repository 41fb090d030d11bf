#include "client/ui/settings/server_settings_panel.h"

#include "client/model/server_settings_model.h"
#include "client/ui/settings/server_settings_words.h"
#include "client/ui/settings/setting_row.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/text.h"

#include <QComboBox>
#include <QDateTime>
#include <QDoubleSpinBox>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <cmath>

namespace prism::ui {

using model::ServerSettings;
using model::ServerSettingsModel;
using State = model::ServerSettingsModel::State;
using Words = ServerSettingsWords;

namespace {

QString alertsPrefix()
{
    return QStringLiteral("alerts.");
}

} // namespace

ServerSettingsPanel::ServerSettingsPanel(ServerSettingsModel& settings, QWidget* parent)
    : Panel(parent)
    , m_settings(settings)
    , m_state(new Text(TextRole::Body, Text::Ink::Muted))
    , m_retry(new QPushButton)
    , m_controls(new QWidget)
    , m_level(new QComboBox)
    , m_levelRow(new SettingRow(m_level))
    , m_alertsHeading(new Text(TextRole::Strong))
    , m_mutes(new QWidget)
    , m_note(new Text(TextRole::Body, Text::Ink::Bad))
    , m_save(new QPushButton)
    , m_revert(new QPushButton)
{
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("server-settings-state"));
    m_note->setWordWrap(true);
    m_retry->setObjectName(QStringLiteral("server-settings-retry"));
    m_level->setObjectName(QStringLiteral("check-level"));
    m_save->setObjectName(QStringLiteral("server-settings-save"));
    m_save->setProperty("primary", true);
    m_revert->setObjectName(QStringLiteral("server-settings-revert"));
    for (const QString& level : Words::levels())
        m_level->addItem(QString(), level);

    auto* column = new QVBoxLayout(m_controls);
    column->setContentsMargins(0, 0, space::small, 0);
    column->setSpacing(0);
    column->addWidget(m_levelRow);
    addNumber(QStringLiteral("checkTimeoutMs"), 1, 600'000, 0);
    addNumber(QStringLiteral("retentionDays"), 0, 36'500, 0);
    column->addSpacing(space::small);
    column->addWidget(m_alertsHeading);
    addNumber(alertsPrefix() + QStringLiteral("violationSpikeScore"), 0.1, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("violationSpikeHighScore"), 0.1, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("violationSpikeMinimum"), 0, 1e6, 0);
    addNumber(alertsPrefix() + QStringLiteral("performanceThresholdMs"), 1, 600'000, 0);
    addNumber(alertsPrefix() + QStringLiteral("performanceFactor"), 1, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("usageDropShare"), 1, 99, 0, 0.01);
    addNumber(alertsPrefix() + QStringLiteral("qualityDropScore"), 0.1, 1'000, 1);
    column->addWidget(m_mutes);
    column->addStretch(1);
    new QVBoxLayout(m_mutes);
    m_mutes->layout()->setContentsMargins(0, space::small, 0, 0);

    auto* scroll = new QScrollArea;
    scroll->setWidget(m_controls);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_save);
    buttons->addWidget(m_revert);
    buttons->addStretch(1);
    body()->addWidget(m_state);
    body()->addWidget(m_retry, 0, Qt::AlignLeft);
    body()->addWidget(scroll, 1);
    body()->addWidget(m_note);
    body()->addLayout(buttons);

    connect(m_level, &QComboBox::activated, this, &ServerSettingsPanel::updateButtons);
    connect(m_retry, &QPushButton::clicked, &settings, &ServerSettingsModel::refresh);
    connect(m_save, &QPushButton::clicked, this, [this] { m_settings.save(wanted()); });
    connect(m_revert, &QPushButton::clicked, this, &ServerSettingsPanel::revert);
    connect(&settings, &ServerSettingsModel::changed, this, &ServerSettingsPanel::follow);
    ServerSettingsPanel::retranslate();
}

void ServerSettingsPanel::addNumber(const QString& key, double min, double max, int decimals, double scale)
{
    auto* box = new QDoubleSpinBox;
    box->setObjectName(key);
    box->setButtonSymbols(QAbstractSpinBox::NoButtons);
    box->setGroupSeparatorShown(true);
    box->setDecimals(decimals);
    box->setRange(min, max);
    const Number number{new SettingRow(box), box, scale};
    m_controls->layout()->addWidget(number.row);
    m_numbers.emplace(key, number);
    connect(box, &QDoubleSpinBox::valueChanged, this, &ServerSettingsPanel::updateButtons);
}

std::optional<double> ServerSettingsPanel::known(const ServerSettings& settings, const QString& key) const
{
    if (key == QLatin1String("checkTimeoutMs"))
        return settings.checkTimeoutMs;
    if (key == QLatin1String("retentionDays"))
        return settings.retentionDays;
    const auto alert = settings.alerts.find(key.mid(alertsPrefix().size()));
    return alert == settings.alerts.end() ? std::nullopt : std::optional(*alert);
}

ServerSettings ServerSettingsPanel::wanted() const
{
    ServerSettings wanted = m_base.value_or(ServerSettings());
    if (!wanted.checkLevel.isEmpty())
        wanted.checkLevel = m_level->currentData().toString();
    for (const auto& [key, number] : m_numbers) {
        const std::optional<double> before = known(wanted, key);
        // What is shown is rounded; only what a person changed is sent.
        if (!before || std::abs(number.box->value() - *before / number.scale) <
                           0.5 * std::pow(10, -number.box->decimals()))
            continue;
        const double value = number.box->value() * number.scale;
        if (key == QLatin1String("checkTimeoutMs"))
            wanted.checkTimeoutMs = int(std::lround(value));
        else if (key == QLatin1String("retentionDays"))
            wanted.retentionDays = int(std::lround(value));
        else
            wanted.alerts[key.mid(alertsPrefix().size())] = value;
    }
    return wanted;
}

void ServerSettingsPanel::follow()
{
    if (m_settings.settings())
        takeOver(*m_settings.settings());
    else
        m_base.reset();
    retranslate();
}

void ServerSettingsPanel::takeOver(const ServerSettings& now)
{
    const ServerSettings mine = wanted();
    const bool first = !m_base;
    if (first || mine.checkLevel == m_base->checkLevel)
        m_level->setCurrentIndex(m_level->findData(now.checkLevel));
    for (const auto& [key, number] : m_numbers) {
        const std::optional<double> value = known(now, key);
        number.row->setVisible(value.has_value());
        if (value && (first || known(mine, key) == known(*m_base, key)))
            number.box->setValue(*value / number.scale);
    }
    m_levelRow->setVisible(!now.checkLevel.isEmpty());
    m_base = now;
}

void ServerSettingsPanel::revert()
{
    m_base.reset();
    follow();
}

void ServerSettingsPanel::showMutes()
{
    const QList<ServerSettings::Mute> mutes =
        m_settings.settings() ? m_settings.settings()->mutes : QList<ServerSettings::Mute>();
    while (QLayoutItem* item = m_mutes->layout()->takeAt(0)) {
        // Not deleted at once: this may be called while Qt goes through all widgets, for another theme.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const ServerSettings::Mute& mute : mutes) {
        auto* lift = new QPushButton(tr("Unmute"));
        lift->setObjectName(QStringLiteral("unmute-") + mute.kind);
        auto* row = new SettingRow(lift);
        const QDateTime until = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(mute.until));
        row->setTexts(tr("%1 is muted").arg(Words::alertKind(mute.kind)),
                      tr("Until %1").arg(Format(locale()).moment(until, QDateTime::currentDateTime())));
        connect(lift, &QPushButton::clicked, &m_settings,
                [this, kind = mute.kind] { m_settings.unmute(kind); });
        m_mutes->layout()->addWidget(row);
    }
}

void ServerSettingsPanel::updateButtons()
{
    const bool isDirty = m_base && !wanted().changesSince(*m_base).isEmpty();
    m_save->setEnabled(isDirty && !m_settings.isSaving());
    m_revert->setEnabled(isDirty && !m_settings.isSaving());
}

QString ServerSettingsPanel::stateText() const
{
    switch (m_settings.state()) {
    case State::Unknown:
    case State::Loading:
        return tr("Loading…");
    case State::Missing:
        return tr("This server has no settings that can be changed while it runs. They are given when it is "
                  "started.");
    case State::Refused:
        return tr("You are not allowed to see this server's settings. An administrator is.");
    case State::Failed:
        return tr("The settings could not be loaded: %1")
            .arg(m_settings.error() ? m_settings.error()->message : QString());
    case State::Ready:
        break;
    }
    return {};
}

void ServerSettingsPanel::retranslate()
{
    setTitle(tr("Server"));
    const QString state = stateText();
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(m_retry->text());
    m_retry->setAccessibleDescription(tr("Asks the server for its settings"));
    m_retry->setVisible(m_settings.state() == State::Failed);
    m_controls->setVisible(m_base.has_value());
    m_save->setVisible(m_base.has_value());
    m_revert->setVisible(m_base.has_value());

    for (int i = 0; i < m_level->count(); ++i)
        m_level->setItemText(i, Words::level(m_level->itemData(i).toString()));
    m_levelRow->setTexts(Words::name(QStringLiteral("checkLevel")),
                         Words::hint(QStringLiteral("checkLevel")));
    m_levelRow->setProblem(m_settings.problemOf(QStringLiteral("checkLevel")));
    bool isPlaced = false;
    for (const auto& [key, number] : m_numbers) {
        number.box->setLocale(locale());
        number.box->setSuffix(Words::unit(key));
        number.row->setTexts(Words::name(key), Words::hint(key));
        const QString problem = m_settings.problemOf(key);
        number.row->setProblem(problem);
        isPlaced = isPlaced || !problem.isEmpty();
    }
    m_numbers.at(QStringLiteral("retentionDays")).box->setSpecialValueText(tr("for ever"));
    m_alertsHeading->setText(tr("When an alert is raised"));
    const auto& error = m_settings.error();
    const bool isTold = !error || isPlaced || m_settings.state() != State::Ready;
    m_note->setText(isTold ? QString() : error->message);
    m_note->setVisible(!isTold);
    m_save->setText(m_settings.isSaving() ? tr("Saving…") : tr("Save"));
    m_save->setAccessibleName(tr("Save"));
    m_save->setAccessibleDescription(tr("Changes the server's settings for everybody"));
    m_revert->setText(tr("Revert"));
    m_revert->setAccessibleName(m_revert->text());
    m_revert->setAccessibleDescription(tr("Shows the server's settings again"));
    showMutes();
    updateButtons();
}

} // namespace prism::ui
