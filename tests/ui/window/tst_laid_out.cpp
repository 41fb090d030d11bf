#include "client/model/profile_store.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/charts/chart_table_dialog.h"
#include "client/ui/charts/trend_chart.h"
#include "client/ui/dashboard/trend_panel.h"
#include "client/ui/records/choice_card.h"
#include "client/ui/records/records_panel.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/window/page.h"
#include "client/ui/window/profile_dialog.h"
#include "shared/protocol/envelope.h"
#include "tests/support/test_program.h"
#include "tests/ui/laid_out.h"
#include "tests/ui/sample.h"
#include "tests/ui/window/window_test.h"

#include <QAbstractButton>
#include <QDir>
#include <QJsonDocument>
#include <QLineEdit>
#include <QTableView>
#include <QTest>

namespace tst_laid_out {

using namespace prism;

/// That everything has the room it needs and can be reached, on every screen that somebody may have: measured
/// in what was laid out.
class TestLaidOut : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void everything_hasItsRoom_data();
    void everything_hasItsRoom();
    void dialogs_haveTheirRoom();
    void onASmallScreen_whatIsBelowIsScrolledTo();

private:
    std::optional<test::StubAnswer> answerMore(const test::StubRequest& request) const;
    void press(const char* name);
    void showRecords();
    void editRecord();
    void beginConflict();
    void loseServer();
    void raiseAlerts();

    std::unique_ptr<model::ProfileStore> m_profiles;
};

namespace {

// 1366x768 at 150 %, the least that is promised, a laptop, a large screen.
constexpr QSize sizes[] = {{911, 512}, {960, 640}, {1280, 800}, {1920, 1080}};

const QList<QLocale> languages{QLocale(QLocale::English, QLocale::UnitedStates), QLocale(QLocale::Chinese)};

void settle()
{
    for (int i = 0; i < 3; ++i) // layouts, what is shown by them, and layouts of that
        QCoreApplication::processEvents();
}

/// Each fault once, with where it is found; QtTest cuts long messages.
class Faults
{
public:
    void look(QWidget& window, const QLocale& language, const QString& what)
    {
        const QString where = QStringLiteral("%1x%2-%3")
                                  .arg(window.width())
                                  .arg(window.height())
                                  .arg(ui::Language::codeOf(language));
        const QStringList found = test::misplaced(window);
        for (const QString& fault : found)
            m_found[fault].append(where);
        if (!found.isEmpty() && qEnvironmentVariableIsSet("PRISM_ARTEFACTS_DIR"))
            window.grab().save(QDir(qEnvironmentVariable("PRISM_ARTEFACTS_DIR"))
                                   .filePath(QStringLiteral("laid-out-%1-%2.png").arg(what, where)));
    }

    QString text() const
    {
        QStringList lines;
        for (auto fault = m_found.cbegin(); fault != m_found.cend(); ++fault)
            lines.append(fault.key() + QStringLiteral(" at ") + fault->join(u' '));
        return lines.join(u'\n');
    }

private:
    QMap<QString, QStringList> m_found;
};

} // namespace

void TestLaidOut::init()
{
    openWindow();
    m_records = {recordNamed(QStringLiteral("Release readiness, every Monday"), 1),
                 recordNamed(QStringLiteral("Slow gates of the mobile app"), 2)};
    m_settings = QJsonDocument::fromJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "alerts":{"performanceFactor":3,"usageDropShare":0.5},
        "mutes":[{"kind":"usage_drop","until":"2036-11-26T18:00:00.000Z"}]})")
                     .object();
    m_server->override = [this, usual = m_server->override](const test::StubRequest& request) {
        const auto more = answerMore(request);
        return more ? more : usual(request);
    };
    m_profiles = std::make_unique<model::ProfileStore>(m_folder.filePath(QStringLiteral("profiles.ini")),
                                                       m_preferences.get());
    m_profiles->store({QStringLiteral("The gates of all teams, in the cellar"), m_server->url()});
    m_window->setProfiles(*m_profiles, m_profiles->profiles().constLast());
    for (int i = 0; i < 30; ++i)
        m_server->publish(
            protocol::event_type::checkCompleted,
            test::checkEvent(i + 1, QStringLiteral("checkout"), QStringLiteral("BLOCKED"), 3).data);
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    QTRY_COMPARE(m_view->card(ui::StatCard::Kind::TotalChecks)->valueText(), QStringLiteral("12,345"));
    QTRY_COMPARE(m_workspace->activity().rowCount(), 30);
}

void TestLaidOut::cleanup()
{
    m_window.reset();
    m_profiles.reset();
    closeWindow();
}

std::optional<test::StubAnswer> TestLaidOut::answerMore(const test::StubRequest& request) const
{
    if (!request.path.contains(QStringLiteral("/records/")))
        return std::nullopt;
    if (request.method == "GET") { // as somebody else left it
        QJsonObject record = m_records.first().toObject();
        record.insert(QStringLiteral("description"),
                      QStringLiteral("what they wrote about it, at some length"));
        record.insert(QStringLiteral("version"), 4);
        return test::StubAnswer{200, protocol::successEnvelope(record, QStringLiteral("1"), protocol::now())};
    }
    const protocol::Error error{
        protocol::ErrorCode::VersionConflict, QStringLiteral("Changed meanwhile."), {}};
    return test::StubAnswer{protocol::httpStatus(error.code),
                            protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())};
}

void TestLaidOut::press(const char* name)
{
    auto* button = m_window->findChild<QAbstractButton*>(QLatin1String(name));
    QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
    button->click();
}

void TestLaidOut::showRecords()
{
    m_window->setPage(ui::Page::Records);
    QTRY_COMPARE(m_workspace->records().rowCount(), 2);
}

void TestLaidOut::editRecord()
{
    showRecords();
    m_window->findChild<QTableView*>(QStringLiteral("records"))->selectRow(0);
    press("record-edit");
}

void TestLaidOut::beginConflict()
{
    editRecord();
    m_window->findChild<QLineEdit*>(QStringLiteral("record-name"))->setText(QStringLiteral("Readiness"));
    auto* description = m_window->findChild<QPlainTextEdit*>(QStringLiteral("record-description"));
    description->setPlainText(QStringLiteral("what I wrote about it"));
    press("record-save");
    QTRY_VERIFY(m_window->findChild<ui::ChoiceCard*>());
}

void TestLaidOut::loseServer()
{
    m_server->goAway();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Offline);
    QTRY_VERIFY(m_view->card(ui::StatCard::Kind::TotalChecks)->isStale());
}

void TestLaidOut::raiseAlerts()
{
    for (int i = 0; i < 5; ++i) {
        protocol::Alert alert;
        alert.id = QStringLiteral("alert-%1").arg(i);
        alert.kind = protocol::AlertKind::ViolationSpike;
        alert.severity = protocol::AlertSeverity(i % 3);
        alert.metric = QStringLiteral("violations");
        alert.value = 59;
        alert.expected = 12;
        alert.checks = 170;
        alert.timestamp = protocol::now() - std::chrono::hours(i);
        m_workspace->alerts().add(alert);
    }
}

void TestLaidOut::everything_hasItsRoom_data()
{
    QTest::addColumn<QString>("scene");
    for (const char* scene : {"dashboard", "offline", "alerts", "details", "past", "records", "new record",
                              "edit", "edited meanwhile", "conflict", "result", "discarded", "settings",
                              "settings changed", "records offline"})
        QTest::newRow(scene) << QString::fromLatin1(scene);
}

void TestLaidOut::everything_hasItsRoom()
{
    QFETCH(const QString, scene);
    const std::pair<const char*, std::function<void()>> scenes[] = {
        {"offline", [this] { loseServer(); }},
        {"alerts", [this] { raiseAlerts(); }},
        {"details", [this] { m_view->activity()->showDetails(true); }},
        {"past", [this] { openBar(); }},
        {"records", [this] { showRecords(); }},
        {"new record",
         [this] {
             QTest::keyClick(m_window.get(), Qt::Key_N, Qt::ControlModifier);
             QTRY_COMPARE(m_workspace->records().rowCount(), 2);
         }},
        {"edit", [this] { editRecord(); }},
        {"edited meanwhile",
         [this] {
             editRecord();
             QJsonObject changed = m_records.first().toObject();
             changed.insert(QStringLiteral("version"), 4);
             m_server->publish(protocol::event_type::recordUpdated,
                               QJsonObject{{QStringLiteral("record"), changed}});
             QTRY_VERIFY(m_window->findChild<QLabel*>(QStringLiteral("record-note"))->isVisible());
         }},
        {"conflict", [this] { beginConflict(); }},
        {"result",
         [this] {
             editRecord();
             press("record-leave");
             press("record-run");
             QTRY_VERIFY(!m_workspace->recordRun().isRunning());
         }},
        {"discarded",
         [this] {
             editRecord();
             m_window->findChild<QLineEdit*>(QStringLiteral("record-name"))->setText(QStringLiteral("Other"));
             press("record-leave");
             press("record-leave");
             QVERIFY(m_window->findChild<ui::RecordsPanel*>()->notice()->isVisible());
         }},
        {"settings", [this] { m_window->setPage(ui::Page::Settings); }},
        {"settings changed",
         [this] {
             m_window->setPage(ui::Page::Settings);
             auto* days = m_window->findChild<QDoubleSpinBox*>(QStringLiteral("retentionDays"));
             QTRY_VERIFY(days->isVisible());
             days->setValue(30);
             press("server-settings-revert");
         }},
        {"records offline", [this] {
             showRecords();
             loseServer();
         }}};
    for (const auto& [name, begin] : scenes) {
        if (scene == QLatin1String(name))
            begin();
        if (QTest::currentTestFailed())
            return;
    }
    Faults faults;
    for (const QLocale& language : languages) {
        m_language->set(language);
        for (const QSize& size : sizes) {
            m_window->resize(size);
            settle();
            QCOMPARE(m_window->size(), size); // it becomes as small as the screen
            faults.look(*m_window, language, scene);
        }
    }
    QVERIFY2(faults.text().isEmpty(), qPrintable(faults.text()));
}

void TestLaidOut::dialogs_haveTheirRoom()
{
    Faults faults;
    for (const QLocale& language : languages) {
        m_language->set(language);
        const auto profiles = std::make_unique<ui::ProfileDialog>(*m_profiles, m_window.get());
        const auto numbers = std::make_unique<ui::ChartTableDialog>(
            QStringLiteral("Numbers"), m_view->findChild<ui::TrendPanel*>()->chart()->table(),
            m_window.get());
        for (QDialog* dialog : std::initializer_list<QDialog*>{profiles.get(), numbers.get()}) {
            dialog->show();
            for (const QSize& size : {dialog->size(), dialog->minimumSizeHint()}) {
                dialog->resize(size);
                settle();
                faults.look(*dialog, language, QStringLiteral("dialog"));
            }
            dialog->hide();
        }
    }
    QVERIFY2(faults.text().isEmpty(), qPrintable(faults.text()));
}

void TestLaidOut::onASmallScreen_whatIsBelowIsScrolledTo()
{
    m_window->resize(sizes[0]);
    settle();
    raiseAlerts();
    auto* alerts = m_window->findChild<QWidget*>(QStringLiteral("alerts"));
    const QWidget* page = m_times->parentWidget(); // as much of it as is in sight
    const auto isInSight = [&] {
        return page->rect().contains(QRect(alerts->mapTo(page, QPoint()), alerts->size()));
    };
    QTRY_VERIFY(alerts->isVisible());
    settle();
    QVERIFY(!isInSight());
    alerts->setFocus(Qt::TabFocusReason);
    QVERIFY(isInSight());
}

PRISM_WIDGET_TEST(TestLaidOut)

} // namespace tst_laid_out

#include "tst_laid_out.moc"
