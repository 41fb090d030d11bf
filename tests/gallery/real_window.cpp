#include "tests/gallery/real_window.h"

#include "client/model/profile_store.h"
#include "shared/protocol/envelope.h"
#include "shared/protocol/record_result.h"
#include "tests/gallery/made_up.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

namespace prism::gallery {

using namespace std::chrono_literals;
using test::StubAnswer;

RealWindow::RealWindow(const QString& state, const QLocale& language, bool dark)
    : m_amount(Amount::Usual)
    , m_usualFont(QApplication::font())
{
    open(language);
    m_appearance = std::make_unique<ui::Appearance>(*m_preferences);
    setDark(dark);
    m_records = {recordNamed(QStringLiteral("Release readiness, every Monday"), 1),
                 recordNamed(QStringLiteral("Slow gates of the mobile app"), 2)};
    m_settings = QJsonDocument::fromJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "alerts":{"violationSpikeEvidence":7,"performanceThresholdMs":1000,"performanceFactor":3,
        "usageDropShare":0.5,"qualityDropEvidence":4},
        "mutes":[{"kind":"usage_drop","until":"2036-11-26T18:00:00.000Z"}]})")
                     .object();
    m_profiles = std::make_unique<model::ProfileStore>(m_folder.filePath(QStringLiteral("profiles.ini")),
                                                       m_preferences.get());
    m_profiles->store({QStringLiteral("The gates of all teams, in the cellar"), m_server->url()});
    m_window->setProfiles(*m_profiles, m_profiles->profiles().constLast());
    await("an active window", [this] { return m_window->isActiveWindow(); });
    const QList<State> states = all();
    const auto found = std::ranges::find(states, state, &State::name);
    if (found == states.end())
        m_missed = QStringLiteral("a state of this name");
    else
        begin(*found);
}

void RealWindow::begin(const State& state)
{
    if (state.prepare)
        state.prepare(*this);
    const int events = m_amount == Amount::Nothing ? 0 : m_amount == Amount::Much ? 900 : 24;
    m_server->log = madeUpEvents(events);
    m_workspace->start();
    if (state.isLive) {
        await("a live window", [this] { return m_workspace->feed().state() == net::FeedState::Live; });
        await("numbers", [this] { return m_workspace->dashboard().dashboard().has_value(); });
        await("rows", [&] { return m_workspace->activity().rowCount() >= std::min(events, 100); });
        await("a forecast", [this] { return m_workspace->forecast().forecast().has_value(); });
    }
    if (state.act && m_missed.isEmpty())
        state.act(*this);
}

RealWindow::~RealWindow()
{
    if (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
    m_window.reset();
    m_profiles.reset();
    m_appearance.reset();
    close();
    QApplication::setFont(m_usualFont);
    QApplication::setPalette(QPalette());
}

QStringList RealWindow::states()
{
    QStringList names;
    const QList<State> states = all();
    for (const State& state : states)
        names.append(state.name);
    return names;
}

QWidget& RealWindow::shown() const
{
    if (QWidget* popup = QApplication::activePopupWidget())
        return *popup;
    const QList<QDialog*> dialogs = m_window->findChildren<QDialog*>();
    for (QDialog* dialog : dialogs) {
        if (dialog->isVisible())
            return *dialog;
    }
    return *m_window;
}

bool RealWindow::hasOwnSize() const
{
    return &shown() != m_window.get() || m_window->isOnWall();
}

void RealWindow::show(const QSize& size)
{
    if (!hasOwnSize())
        m_window->resize(size);
    for (int i = 0; i < 6; ++i) // layouts, what is shown by them, and layouts of that
        QCoreApplication::processEvents();
    for (int i = 0; i < 6; ++i) // what came last has changed something, perhaps
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
}

void RealWindow::setLanguage(const QLocale& language)
{
    m_language->set(language);
}

void RealWindow::setDark(bool dark)
{
    m_preferences->setTheme(dark ? model::ThemeChoice::Dark : model::ThemeChoice::Light);
}

void RealWindow::await(const char* what, const std::function<bool()>& condition)
{
    if (!QTest::qWaitFor(condition, 10'000) && m_missed.isEmpty())
        m_missed = QString::fromLatin1(what);
}

void RealWindow::press(const char* name)
{
    auto* button = find<QAbstractButton>(name);
    await(name, [button] { return button && button->isVisible() && button->isEnabled(); });
    if (button)
        button->click();
}

protocol::Dashboard RealWindow::numbers(protocol::Period period) const
{
    return madeUpDashboard(period, m_amount);
}

protocol::Trend RealWindow::course(const QString& metric) const
{
    using protocol::Direction;
    if (m_amount == Amount::Nothing)
        return {};
    const auto which = protocol::valueOf(protocol::trendMetricNames, metric);
    return madeUpCourse(which ? int(*which) : 0,
                        which == protocol::TrendMetric::MeanTime ? Direction::Down : Direction::Up);
}

std::optional<StubAnswer> RealWindow::answer(const test::StubRequest& request) const
{
    const auto refusal = [](const protocol::Error& error) {
        return StubAnswer{protocol::httpStatus(error.code),
                          protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())};
    };
    if (!m_answers)
        return StubAnswer{.silent = true};
    if (request.method == "POST" && request.path.contains(QStringLiteral("/auth/pairings")))
        return pairingAnswer(request);
    if (m_refuses)
        return refusal({request.headers.contains("authorization") ? protocol::ErrorCode::TokenInvalid
                                                                  : protocol::ErrorCode::NotAuthenticated,
                        QStringLiteral("Who is there?"),
                        {}});
    if (request.path.endsWith(QStringLiteral("/auth/self")) && m_role)
        return success(
            QJsonObject{{QStringLiteral("name"), QStringLiteral("ana")},
                        {QStringLiteral("role"), protocol::nameOf(protocol::roleNames, *m_role)},
                        {QStringLiteral("expiresAt"), QStringLiteral("2036-11-26T18:00:00.000Z")}});
    if (m_role == protocol::Role::Reporter)
        return refusal({protocol::ErrorCode::NotAllowed, QStringLiteral("No."), {}});
    if (m_fails)
        return refusal({protocol::ErrorCode::Internal, QStringLiteral("The disk is full."), {}});
    if (const auto administration = administrationAnswer(request))
        return administration;
    if (request.path.endsWith(QStringLiteral("/forecast"))) {
        const auto period =
            protocol::periodFromString(request.query.queryItemValue(QStringLiteral("historicalPeriod")));
        return success(toJson(madeUpForecast(period.value_or(protocol::Period::Week), m_amount)));
    }
    if (request.path.endsWith(QStringLiteral("/result"))) {
        protocol::RecordResult result{m_records.first()[QStringLiteral("id")].toString(),
                                      m_records.first()[QStringLiteral("name")].toString(), 3};
        result.metrics = {{QStringLiteral("totalChecks"), 2346},
                          {QStringLiteral("violations"), 612},
                          {QStringLiteral("avgCheckTime"), 11.4},
                          {QStringLiteral("falsePositiveRate"), std::nullopt}};
        return success(toJson(result));
    }
    if (request.method == "PUT" && request.path.endsWith(QStringLiteral("/settings")))
        return refusal({protocol::ErrorCode::Validation,
                        QStringLiteral("The settings are not valid."),
                        {QStringLiteral("retentionDays: must be a whole number from 0 to 20")}});
    if (request.method == "DELETE")
        return success(QJsonObject());
    if (!request.path.contains(QStringLiteral("/records/")))
        return StubbedWindow::answer(request);
    if (request.method != "GET")
        return refusal({protocol::ErrorCode::VersionConflict, QStringLiteral("Changed meanwhile."), {}});
    QJsonObject record = m_records.first().toObject(); // as somebody else left it
    record.insert(QStringLiteral("description"), QStringLiteral("what they wrote about it, at some length"));
    record.insert(QStringLiteral("version"), 4);
    return success(record);
}

} // namespace prism::gallery
