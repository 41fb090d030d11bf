#include "client/ui/settings/server_settings_panel.h"

#include "client/model/server_settings_model.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/settings/server_settings_words.h"
#include "client/ui/settings/setting_row.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/form_scroll.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/number_field.h"
#include "client/ui/widgets/text.h"
#include "client/ui/widgets/why_line.h"

#include <QComboBox>
#include <QDateTime>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace prism::ui {

using model::ServerSettingsModel;
using protocol::AlertSettings;
using protocol::Settings;
using State = model::ServerSettingsModel::State;
using Words = ServerSettingsWords;

namespace {

QString alertsPrefix()
{
    return QStringLiteral("alerts.");
}

/// Empty for what is none of the settings that this dashboard knows.
QString labelOf(const QString& key)
{
    const QString name = Words::name(key);
    return name == key ? QString() : name;
}

} // namespace

ServerSettingsPanel::ServerSettingsPanel(ServerSettingsModel& settings, QWidget* parent)
    : Panel(parent)
    , m_settings(settings)
    , m_why(new WhyLine(QStringLiteral("server-settings-why"), TextRole::Body))
    , m_state(new Text(TextRole::Body, Text::Ink::Muted))
    , m_retry(new QPushButton)
    , m_controls(new QWidget)
    , m_scroll(new FormScroll)
    , m_level(new QComboBox)
    , m_levelRow(new SettingRow(m_level))
    , m_alertsHeading(new Text(TextRole::Strong))
    , m_mutes(new QWidget)
    , m_note(new Text(TextRole::Body, Text::Ink::Bad))
    , m_notice(new NoticeLine)
    , m_save(new QPushButton)
    , m_revert(new QPushButton)
    , m_worked(m_level)
{
    m_state->setWordWrap(true);
    m_state->setObjectName(QStringLiteral("server-settings-state"));
    m_note->setWordWrap(true);
    m_notice->returnFocusTo(*m_level);
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
    addNumbers();
    column->addWidget(m_mutes);
    column->addStretch(1);
    new QVBoxLayout(m_mutes);
    m_mutes->layout()->setContentsMargins(0, space::small, 0, 0);

    m_scroll->setWidget(m_controls);
    QSizePolicy kept = m_scroll->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // what is said instead stays at the top
    m_scroll->setSizePolicy(kept);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_save);
    buttons->addWidget(m_revert);
    buttons->addStretch(1);
    body()->addWidget(m_why);
    body()->addWidget(m_state);
    body()->addWidget(m_retry, 0, Qt::AlignLeft);
    body()->addWidget(m_scroll, 1);
    body()->addWidget(m_note);
    body()->addWidget(m_notice);
    body()->addLayout(buttons);

    connect(m_level, &QComboBox::activated, this, [this] { note(m_level); });
    connect(m_retry, &QPushButton::clicked, &settings, &ServerSettingsModel::refresh);
    connect(m_save, &QPushButton::clicked, this, [this] { m_settings.save(wanted()); });
    connect(m_revert, &QPushButton::clicked, this, &ServerSettingsPanel::revert);
    connect(m_notice, &NoticeLine::actionRequested, this, [this] {
        m_notice->clear();
        if (m_reverted)
            resume(*std::exchange(m_reverted, std::nullopt));
    });
    connect(&settings, &ServerSettingsModel::changed, this, &ServerSettingsPanel::follow);
    ServerSettingsPanel::retranslate();
}

void ServerSettingsPanel::setReadOnly(bool readOnly, const QString& why, bool mayUnmute)
{
    if (m_whyNot == why && m_isReadOnly == readOnly && m_mayUnmute == mayUnmute)
        return;
    m_whyNot = why;
    m_isReadOnly = readOnly;
    m_mayUnmute = mayUnmute;
    m_level->setEnabled(!readOnly);
    for (const auto& [key, number] : m_numbers) {
        number.box->setReadOnly(readOnly);
        number.box->setButtonSymbols(readOnly ? QAbstractSpinBox::NoButtons : QAbstractSpinBox::UpDownArrows);
    }
    retranslate();
}

void ServerSettingsPanel::addNumbers()
{
    addNumber(QStringLiteral("checkTimeoutMs"),
              {[](const Settings& settings) { return double(settings.checkTimeout.count()); },
               [](Settings& settings, double value) {
                   settings.checkTimeout = std::chrono::milliseconds(std::lround(value));
               }},
              1, 600'000, 0);
    addNumber(QStringLiteral("retentionDays"),
              {[](const Settings& settings) { return double(settings.retentionDays); },
               [](Settings& settings, double value) { settings.retentionDays = int(std::lround(value)); }},
              0, 36'500, 0);
    static_cast<QVBoxLayout*>(m_controls->layout())->addSpacing(space::small);
    m_controls->layout()->addWidget(m_alertsHeading);
    addNumber(alertsPrefix() + QStringLiteral("violationSpikeEvidence"),
              placeOf(&AlertSettings::violationSpikeEvidence), 1, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("performanceThresholdMs"),
              placeOf(&AlertSettings::performanceThresholdMs), 1, 600'000, 0);
    addNumber(alertsPrefix() + QStringLiteral("performanceFactor"),
              placeOf(&AlertSettings::performanceFactor), 1.2, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("usageDropShare"), placeOf(&AlertSettings::usageDropShare), 1,
              99, 0, 0.01);
    addNumber(alertsPrefix() + QStringLiteral("qualityDropEvidence"),
              placeOf(&AlertSettings::qualityDropEvidence), 1, 1'000, 1);
    addNumber(alertsPrefix() + QStringLiteral("gateFailingMinutes"),
              {[](const Settings& settings) { return double(settings.alerts.gateFailingMinutes); },
               [](Settings& settings, double value) {
                   settings.alerts.gateFailingMinutes = int(std::lround(value));
               }},
              1, 10'080, 0);
}

ServerSettingsPanel::Place ServerSettingsPanel::placeOf(double AlertSettings::*member)
{
    return {[member](const Settings& settings) { return settings.alerts.*member; },
            [member](Settings& settings, double value) { settings.alerts.*member = value; }};
}

void ServerSettingsPanel::addNumber(const QString& key, const Place& place, double min, double max,
                                    int decimals, double scale)
{
    auto* box = new NumberField;
    box->setObjectName(key);
    box->setLimits(min, max, decimals);
    const Number number{place, new SettingRow(box), box, scale};
    m_controls->layout()->addWidget(number.row);
    m_numbers.emplace(key, number);
    connect(box, &NumberField::valueChanged, this, [this, box] { note(box); });
}

void ServerSettingsPanel::note(QWidget* changed)
{
    m_worked = changed;
    updateButtons();
}

Settings ServerSettingsPanel::wanted() const
{
    Settings wanted = m_base.value_or(Settings());
    wanted.checkLevel = protocol::valueOf(protocol::checkLevelNames, m_level->currentData().toString())
                            .value_or(wanted.checkLevel);
    for (const auto& [key, number] : m_numbers) {
        if (mayHave(key) && number.box->isChanged())
            number.place.write(wanted, number.box->number() * number.scale);
    }
    return wanted;
}

void ServerSettingsPanel::follow()
{
    if (m_settings.settings()) // what was begun is not given up while there are none to be had
        takeOver(*m_settings.settings());
    m_isResumed = m_isResumed && unsaved();
    const bool wasSaving = std::exchange(m_isSaving, m_settings.isSaving());
    retranslate();
    if (wasSaving && !m_isSaving)
        showRefused();
}

/// Goes to what the server did not take, unless the person has gone elsewhere meanwhile.
void ServerSettingsPanel::showRefused()
{
    for (const auto& [key, number] : m_numbers) {
        if (!m_settings.problemOf(key).isEmpty())
            return yieldFocus(*m_controls, *number.box);
    }
}

bool ServerSettingsPanel::mayHave(const QString& key) const
{
    return !m_settings.settings() || m_settings.knows(key);
}

std::optional<model::UnsavedSettings> ServerSettingsPanel::unsaved() const
{
    const QJsonObject changes = m_base ? protocol::changesBetween(*m_base, wanted()) : QJsonObject();
    return changes.isEmpty() ? std::nullopt : std::optional(model::UnsavedSettings{*m_base, changes});
}

void ServerSettingsPanel::resume(const model::UnsavedSettings& unsaved)
{
    m_base.reset();
    takeOver(unsaved.base);
    if (const QJsonValue level = unsaved.changes.value(QStringLiteral("checkLevel")); level.isString())
        m_level->setCurrentIndex(std::max(m_level->findData(level.toString()), 0));
    for (const auto& [key, number] : m_numbers) {
        const bool isAlert = key.startsWith(alertsPrefix());
        const QJsonValue value =
            isAlert ? unsaved.changes[QLatin1String("alerts")][key.mid(alertsPrefix().size())]
                    : unsaved.changes.value(key);
        if (value.isDouble())
            number.box->setValue(value.toDouble() / number.scale);
    }
    m_isResumed = true;
    follow();
}

void ServerSettingsPanel::takeOver(const Settings& now)
{
    const Settings mine = wanted();
    const bool first = !m_base;
    if (first || mine.checkLevel == m_base->checkLevel)
        m_level->setCurrentIndex(
            m_level->findData(QString(protocol::nameOf(protocol::checkLevelNames, now.checkLevel))));
    for (const auto& [key, number] : m_numbers) {
        const bool isKnown = mayHave(key);
        number.row->setVisible(isKnown);
        const double chosen = number.place.read(mine);
        const bool isMine = chosen != number.place.read(now) && number.box->isChanged();
        if (isKnown && (first || !isMine || chosen == number.place.read(*m_base)))
            number.box->display(number.place.read(now) / number.scale);
    }
    m_levelRow->setVisible(mayHave(QStringLiteral("checkLevel")));
    m_base = now;
}

void ServerSettingsPanel::revert()
{
    m_reverted = unsaved();
    m_base.reset();
    follow();
    if (m_reverted)
        m_notice->display(NoticeLine::Kind::Done, tr("Your changes were discarded."), tr("Undo"));
}

void ServerSettingsPanel::showMutes()
{
    const QList<protocol::Mute> mutes =
        m_settings.settings() ? m_settings.settings()->mutes : QList<protocol::Mute>();
    const QWidget* focused = window()->focusWidget();
    const QString before = m_mutes->isAncestorOf(focused) ? focused->objectName() : QString();
    yieldFocus(*m_mutes, *m_level);
    while (QLayoutItem* item = m_mutes->layout()->takeAt(0)) {
        // Not deleted at once: this may be called while Qt goes through all widgets, for another theme.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const protocol::Mute& mute : mutes) {
        const QString kind = protocol::nameOf(protocol::alertKindNames, mute.kind);
        auto* lift = new QPushButton(tr("Unmute"));
        lift->setObjectName(QStringLiteral("unmute-") + kind);
        auto* row = new SettingRow(lift);
        const QDateTime until = QDateTime::fromMSecsSinceEpoch(protocol::toMillis(mute.until));
        row->setTexts(tr("%1 is muted").arg(AlertTexts::kindText(mute.kind)),
                      tr("Until %1").arg(Format(locale()).moment(until, QDateTime::currentDateTime())));
        lift->setVisible(m_mayUnmute);
        connect(lift, &QPushButton::clicked, &m_settings,
                [this, kind = mute.kind] { m_settings.unmute(kind); });
        m_mutes->layout()->addWidget(row);
        if (lift->objectName() == before)
            lift->setFocus(Qt::OtherFocusReason);
    }
}

void ServerSettingsPanel::updateButtons()
{
    const bool isDirty = unsaved() && m_settings.settings();
    for (QPushButton* button : {m_save, m_revert}) {
        if (!isDirty || m_settings.isSaving())
            yieldFocus(*button, *m_worked);
        button->setEnabled(isDirty && !m_settings.isSaving());
    }
}

/// Its numbers as the field shows them.
QString ServerSettingsPanel::problemOf(const QString& key, double scale) const
{
    const QString why = m_settings.problemOf(key);
    if (why.isEmpty())
        return {};
    return ErrorWords(locale()).reason(
        why, [&](double value) { return Format(locale()).decimal(value / scale, 2) + Words::unit(key); });
}

void ServerSettingsPanel::retranslate()
{
    setTitle(tr("Server"));
    const QString state = Words::state(m_settings.state(), m_settings.error(), locale());
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    m_retry->setText(tr("Try again"));
    m_retry->setAccessibleName(m_retry->text());
    m_retry->setAccessibleDescription(tr("Asks the server for its settings"));
    m_retry->setVisible(m_settings.state() == State::Failed);
    const bool isKnown = m_settings.settings().has_value();
    m_scroll->setVisible(isKnown);
    m_why->display(isKnown && m_isReadOnly ? m_whyNot : QString());
    for (QWidget* each : {m_save, m_revert}) {
        if (m_isReadOnly)
            yieldFocus(*each, *m_controls);
        each->setVisible(isKnown && !m_isReadOnly);
    }

    for (int i = 0; i < m_level->count(); ++i)
        m_level->setItemText(i, Words::level(m_level->itemData(i).toString()));
    m_levelRow->setTexts(Words::name(QStringLiteral("checkLevel")),
                         Words::hint(QStringLiteral("checkLevel")));
    m_levelRow->setProblem(problemOf(QStringLiteral("checkLevel"), 1));
    bool isPlaced = false;
    for (const auto& [key, number] : m_numbers) {
        number.box->setLocale(locale());
        number.box->setSuffix(Words::unit(key));
        number.row->setTexts(Words::name(key), Words::hint(key));
        const QString problem = problemOf(key, number.scale);
        number.row->setProblem(problem);
        isPlaced = isPlaced || !problem.isEmpty();
    }
    m_numbers.at(QStringLiteral("retentionDays")).box->setSpecialValueText(tr("for ever"));
    m_alertsHeading->setText(tr("When an alert is raised"));
    const auto& error = m_settings.error();
    const bool isTold = !error || isPlaced || m_settings.state() != State::Ready;
    const bool isResumed = m_isResumed && isKnown;
    m_note->setInk(isTold ? Text::Ink::Caution : Text::Ink::Bad);
    m_note->setText(!isTold     ? ErrorWords(locale()).sentence(*error, labelOf)
                    : isResumed ? tr("These changes were not saved. They are as you left them.")
                                : QString());
    m_note->setVisible(!m_note->text().isEmpty());
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
