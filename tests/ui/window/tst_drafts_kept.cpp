#include "client/desktop/window_memory.h"
#include "client/ui/activity/activity_panel.h"
#include "client/ui/window/status_line.h"
#include "shared/protocol/envelope.h"
#include "tests/support/test_program.h"
#include "tests/ui/sample.h"
#include "tests/ui/window/window_test.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>

namespace tst_drafts_kept {

using namespace prism;
using test::StubAnswer;
using test::StubRequest;

/// That nothing typed is lost, whatever takes it away: a new record or a changed one, settings of the server,
/// filters, a selection.
class TestDraftsKept : public test::WindowTest
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void unsaved_isThereAgain_data();
    void unsaved_isThereAgain();
    void resumedChange_isSavedAgainstWhatItBeganWith();
    void savedOrNeverBegun_leavesNothingBehind();
    void draftOfAnotherServer_isNotShown();
    void discarded_canBeUndone();
    void reverted_canBeUndone();
    void refused_keepsEveryLetterAndGoesToWhatWasRefused();
    void settingsThatCannotBeHadForAWhile_keepWhatWasBegun();
    void filterOfThePast_isTheOneOfThePresent();

private:
    template <typename Widget>
    Widget* find(const char* name) const
    {
        const QList<Widget*> all = m_window->findChildren<Widget*>(QLatin1String(name));
        const auto seen = std::ranges::find_if(all, [](const Widget* each) { return each->isVisible(); });
        return seen == all.end() ? all.value(0) : *seen;
    }
    void click(const char* name) { QTest::mouseClick(find<QAbstractButton>(name), Qt::LeftButton); }
    void type(const char* name, const QString& text);
    void live();
    void openAgain();
    void begin(bool newRecord);
    void verifyKept(bool newRecord);
    std::optional<StubAnswer> answerMore(const StubRequest& request);

    QList<StubRequest> m_writes;
    std::optional<protocol::Error> m_refusal;     ///< of writes
    std::optional<protocol::ErrorCode> m_forbids; ///< the settings
    std::unique_ptr<desktop::WindowMemory> m_memory;
    std::unique_ptr<desktop::Surroundings> m_surroundings;
};

std::optional<StubAnswer> TestDraftsKept::answerMore(const StubRequest& request)
{
    const auto answered = [](const QJsonValue& data) {
        return StubAnswer{200, protocol::successEnvelope(data, QStringLiteral("1"), protocol::now())};
    };
    const auto refused = [](const protocol::Error& error) {
        return StubAnswer{protocol::httpStatus(error.code),
                          protocol::failureEnvelope(error, QStringLiteral("1"), protocol::now())};
    };
    const bool writes = request.method != "GET";
    if (writes)
        m_writes.append(request);
    if (writes && m_refusal)
        return refused(*m_refusal);
    const bool isAboutSettings = request.path.endsWith(QStringLiteral("/settings"));
    if (isAboutSettings && m_forbids)
        return refused({*m_forbids, QStringLiteral("No."), {}});
    if (writes && isAboutSettings)
        return answered(*m_settings);
    if (writes && request.path.contains(QStringLiteral("/records/")))
        return answered(recordNamed(QStringLiteral("After"), 1));
    return std::nullopt;
}

void TestDraftsKept::init()
{
    m_writes.clear();
    m_refusal.reset();
    m_forbids.reset();
    openWindow();
    m_records = {recordNamed(QStringLiteral("Before"), 1), recordNamed(QStringLiteral("Other"), 2)};
    m_settings = QJsonDocument::fromJson(R"({"checkLevel":"standard","checkTimeoutMs":1000,"retentionDays":0,
        "alerts":{"performanceFactor":3,"usageDropShare":0.5}})")
                     .object();
    m_server->override = [this, usual = m_server->override](const StubRequest& request) {
        const auto more = answerMore(request);
        return more ? more : usual(request);
    };
    m_server->publish(protocol::event_type::checkCompleted,
                      test::checkEvent(1, QStringLiteral("checkout"), QStringLiteral("PASS")).data);
    m_memory = std::make_unique<desktop::WindowMemory>(memoryFile(), QStringLiteral("drafts"));
    m_surroundings = surroundings(*m_memory);
    live();
}

void TestDraftsKept::cleanup()
{
    m_surroundings.reset();
    closeWindow();
    QFile::remove(memoryFile());
    const QStringList left = QDir(m_folder.path()).entryList({QStringLiteral("*.json")});
    for (const QString& file : left)
        QFile::remove(m_folder.filePath(file));
}

void TestDraftsKept::live()
{
    m_workspace->start();
    QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
    QTRY_VERIFY(m_workspace->activity().rowCount() > 0);
}

/// As a person does: the window is closed, and the program ends and is started again.
void TestDraftsKept::openAgain()
{
    m_window->close();
    m_surroundings->save();
    m_surroundings.reset();
    m_window.reset();
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    makeWindow();
    m_surroundings = surroundings(*m_memory);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    live();
}

void TestDraftsKept::type(const char* name, const QString& text)
{
    auto* edit = find<QWidget>(name);
    QVERIFY2(edit && edit->isVisible(), name);
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
}

void TestDraftsKept::begin(bool newRecord)
{
    type("activity-search", QStringLiteral("check"));
    auto* events = find<QTableView>("activity");
    QTRY_COMPARE(events->model()->rowCount(), 1);
    events->selectRow(0);

    m_window->setPage(ui::Page::Settings);
    QTRY_VERIFY(find<QWidget>("checkTimeoutMs")->isVisible());
    type("checkTimeoutMs", QStringLiteral("2500"));
    find<QComboBox>("check-level")->setFocus();
    QTest::keyClick(find<QComboBox>("check-level"), Qt::Key_Home);
    type("retentionDays", QStringLiteral("45")); // not left yet

    m_window->setPage(ui::Page::Records);
    auto* records = find<QTableView>("records");
    QTRY_COMPARE(records->model()->rowCount(), 2);
    records->selectRow(0);
    click(newRecord ? "record-new" : "record-edit");
    type("record-name", QStringLiteral("After"));
    type("record-description", QStringLiteral("two words"));
    type("filter-project", QStringLiteral("checkout, billing"));
    find<QComboBox>("record-period")->setFocus();
    QTest::keyClick(find<QComboBox>("record-period"), Qt::Key_Down);
}

void TestDraftsKept::verifyKept(bool newRecord)
{
    m_window->setPage(ui::Page::Dashboard);
    QCOMPARE(find<QLineEdit>("activity-search")->text(), QStringLiteral("check"));
    QTRY_COMPARE(find<QTableView>("activity")->model()->rowCount(), 1);
    m_window->setPage(ui::Page::Settings);
    QTRY_VERIFY(find<QWidget>("checkTimeoutMs")->isVisible());
    QTRY_VERIFY(find<QPushButton>("server-settings-save")->isEnabled());
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 2500);
    QCOMPARE(find<QDoubleSpinBox>("retentionDays")->value(), 45);
    QCOMPARE(find<QComboBox>("check-level")->currentIndex(), 0);
    m_window->setPage(ui::Page::Records);
    QVERIFY(find<QLineEdit>("record-name")->isVisible());
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("After"));
    QCOMPARE(find<QPlainTextEdit>("record-description")->toPlainText(), QStringLiteral("two words"));
    QCOMPARE(find<QLineEdit>("filter-project")->text(), QStringLiteral("checkout, billing"));
    QCOMPARE(find<QComboBox>("record-period")->currentIndex(), 1);
    QCOMPARE(m_workspace->recordEditor().isNew(), newRecord);
    QVERIFY(m_writes.isEmpty());
}

void TestDraftsKept::unsaved_isThereAgain_data()
{
    QTest::addColumn<QString>("way");
    QTest::addColumn<bool>("newRecord");
    for (const char* way : {"closed", "another page", "reload", "server returns", "server lost its log",
                            "server has another log", "language", "wall"}) {
        QTest::addRow("%s, new record", way) << QString::fromLatin1(way) << true;
        QTest::addRow("%s, changed record", way) << QString::fromLatin1(way) << false;
    }
}

void TestDraftsKept::unsaved_isThereAgain()
{
    QFETCH(const QString, way);
    QFETCH(const bool, newRecord);
    begin(newRecord);
    if (QTest::currentTestFailed())
        return;
    const bool closes = way == QLatin1String("closed");
    if (closes) {
        openAgain();
        const auto* status = m_window->findChild<ui::StatusLine*>();
        QVERIFY2(status->noticeText().contains(QStringLiteral("had not saved")),
                 qPrintable(status->noticeText()));
        const QString path =
            QDir(m_folder.path()).entryInfoList({QStringLiteral("drafts-*")}).value(0).filePath();
        QVERIFY(!(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        m_window->setPage(ui::Page::Records);
        QVERIFY(find<QLabel>("record-note")->text().contains(QStringLiteral("was not saved")));
    } else if (way == QLatin1String("another page")) {
        for (const ui::Page page : ui::allPages)
            m_window->setPage(page);
    } else if (way == QLatin1String("reload")) {
        QTest::keyClick(m_window.get(), Qt::Key_F5);
        QTRY_VERIFY(m_workspace->records().isShown());
    } else if (way.startsWith(QLatin1String("server"))) {
        m_server->goAway();
        QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Offline);
        if (way.endsWith(QLatin1String("lost its log")))
            m_server->oldestKept = 1'000;
        if (way.endsWith(QLatin1String("another log")))
            m_server->epoch = QStringLiteral("second");
        // Of its log it has what the window then asks for anew.
        connect(&m_workspace->feed(), &model::FeedModel::stateChanged, m_server.get(),
                [this] { m_server->oldestKept = 0; });
        QVERIFY(m_server->listenAgain());
        m_workspace->feed().retryNow();
        QTRY_COMPARE(m_workspace->feed().state(), net::FeedState::Live);
        QTRY_VERIFY(m_workspace->activity().rowCount() > 0);
    } else if (way == QLatin1String("language")) {
        m_language->set(QLocale(QLocale::Chinese));
        QCoreApplication::sendPostedEvents();
        m_language->set(QLocale(QLocale::English, QLocale::UnitedStates));
        QCoreApplication::sendPostedEvents();
    } else if (way == QLatin1String("wall")) {
        m_window->setOnWall(true);
        m_window->setOnWall(false);
    }
    if (!closes) {
        QCOMPARE(find<QTableView>("activity")->selectionModel()->selectedRows().size(), 1);
        QCOMPARE(find<QTableView>("records")->selectionModel()->selectedRows().size(), 1);
    }
    verifyKept(newRecord);
}

void TestDraftsKept::resumedChange_isSavedAgainstWhatItBeganWith()
{
    begin(false);
    openAgain();
    m_window->setPage(ui::Page::Records);
    click("record-save");
    QTRY_COMPARE(m_writes.size(), 1);
    QCOMPARE(m_writes[0].method, QByteArray("PUT"));
    QVERIFY2(m_writes[0].headers.value("if-match").contains('3'), m_writes[0].headers.value("if-match"));
    const QJsonObject sent = QJsonDocument::fromJson(m_writes[0].body).object();
    QCOMPARE(sent.keys(),
             QStringList({QStringLiteral("config"), QStringLiteral("description"), QStringLiteral("name")}));
    m_window->setPage(ui::Page::Settings);
    QTRY_VERIFY(find<QPushButton>("server-settings-save")->isEnabled());
    click("server-settings-save");
    QTRY_COMPARE(m_writes.size(), 2);
    QCOMPARE(QJsonDocument::fromJson(m_writes[1].body).object(),
             QJsonObject({{QStringLiteral("checkLevel"), QStringLiteral("strict")},
                          {QStringLiteral("checkTimeoutMs"), 2500},
                          {QStringLiteral("retentionDays"), 45}}));
}

void TestDraftsKept::savedOrNeverBegun_leavesNothingBehind()
{
    m_window->setPage(ui::Page::Records);
    QTRY_COMPARE(find<QTableView>("records")->model()->rowCount(), 2);
    find<QTableView>("records")->selectRow(0);
    click("record-edit"); // opened, and nothing is typed
    openAgain();
    QVERIFY(m_window->drafts().isEmpty());
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral("drafts-*")}).isEmpty());
    QVERIFY(m_window->findChild<ui::StatusLine*>()->noticeText().isEmpty());
}

void TestDraftsKept::draftOfAnotherServer_isNotShown()
{
    begin(true);
    model::Drafts drafts = m_window->drafts();
    m_surroundings->save();
    const QString kept =
        QDir(m_folder.path()).entryInfoList({QStringLiteral("drafts-*")}).value(0).filePath();
    drafts.server = QUrl(QStringLiteral("http://elsewhere:3000"));
    QFile file(kept);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(drafts.encoded());
    file.close();
    m_surroundings.reset();
    m_window.reset();
    m_workspace = std::make_unique<model::Workspace>(m_server->url(), protocol::Period::Week);
    makeWindow();
    m_surroundings = surroundings(*m_memory);
    QVERIFY(m_window->drafts().isEmpty());
}

void TestDraftsKept::discarded_canBeUndone()
{
    begin(false);
    QTest::keyClick(find<QLineEdit>("record-name"), Qt::Key_Escape);
    QTest::keyClick(find<QPushButton>("record-leave"), Qt::Key_Escape);
    QVERIFY(!find<QLineEdit>("record-name")->isVisible());
    click("notice-action");
    verifyKept(false);
}

void TestDraftsKept::reverted_canBeUndone()
{
    begin(false);
    m_window->setPage(ui::Page::Settings);
    click("server-settings-revert");
    QCOMPARE(find<QDoubleSpinBox>("checkTimeoutMs")->value(), 1000);
    click("notice-action");
    verifyKept(false);
}

void TestDraftsKept::refused_keepsEveryLetterAndGoesToWhatWasRefused()
{
    begin(false);
    type("record-name", QStringLiteral("  After  "));
    type("filter-project", QStringLiteral("checkout,, billing ,"));
    m_refusal = protocol::Error{protocol::ErrorCode::Validation,
                                QStringLiteral("Not valid."),
                                {QStringLiteral("description: says too little")}};
    QTest::keyClick(find<QLineEdit>("filter-project"), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(m_workspace->recordEditor().error());
    QVERIFY(find<QPlainTextEdit>("record-description")->hasFocus());
    QCOMPARE(find<QLineEdit>("record-name")->text(), QStringLiteral("  After  "));
    QCOMPARE(find<QLineEdit>("filter-project")->text(), QStringLiteral("checkout,, billing ,"));

    m_refusal = protocol::Error{protocol::ErrorCode::NotAllowed, QStringLiteral("Not you."), {}};
    type("record-description", QStringLiteral("says more"));
    find<QLineEdit>("filter-project")->setFocus();
    QTest::keyClick(find<QLineEdit>("filter-project"), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(m_workspace->recordEditor().error() &&
                m_workspace->recordEditor().error()->code == protocol::ErrorCode::NotAllowed);
    QVERIFY(find<QLineEdit>("filter-project")->hasFocus());
}

void TestDraftsKept::settingsThatCannotBeHadForAWhile_keepWhatWasBegun()
{
    begin(false);
    m_window->setPage(ui::Page::Settings);
    m_forbids = protocol::ErrorCode::NotAllowed;
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(!find<QWidget>("checkTimeoutMs")->isVisible());
    m_forbids.reset();
    m_settings->insert(QStringLiteral("retentionDays"), 7); // meanwhile
    QTest::keyClick(m_window.get(), Qt::Key_F5);
    QTRY_VERIFY(find<QWidget>("checkTimeoutMs")->isVisible());
    verifyKept(false);
}

void TestDraftsKept::filterOfThePast_isTheOneOfThePresent()
{
    type("activity-search", QStringLiteral("check"));
    openBar();
    slider()->setValue(slider()->maximum() - 10);
    QTRY_VERIFY(m_times->past());
    QCOMPARE(m_times->past()->activity()->narrowing().search, QStringLiteral("check"));
    m_times->past()->activity()->narrow({QStringLiteral("billing"), 1});
    QVERIFY(m_window->drafts().activity == (model::Narrowing{QStringLiteral("billing"), 1}));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QTRY_VERIFY(m_times->isLive());
    QVERIFY(m_view->activity()->narrowing() == (model::Narrowing{QStringLiteral("billing"), 1}));
}

PRISM_WIDGET_TEST(TestDraftsKept)

} // namespace tst_drafts_kept

#include "tst_drafts_kept.moc"
