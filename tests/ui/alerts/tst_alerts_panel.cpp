#include "client/model/alerts_model.h"
#include "client/ui/alerts/alert_texts.h"
#include "client/ui/alerts/alerts_panel.h"
#include "tests/support/test_program.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

namespace tst_alerts_panel {

using namespace prism;
using protocol::Alert;
using ui::AlertTexts;

class TestAlertsPanel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void button_acknowledgesTheSelected();
    void enter_acknowledgesTheSelected();
    void acknowledged_isSaidAndNotOfferedAgain();
    void filter_showsOnlyTheOpen();
    void count_isOfTheOpen();
    void over_isSaidAndAsksForNobody();
    void facts_areASentenceInTheReadersLanguage_data();
    void facts_areASentenceInTheReadersLanguage();
    void screenReader_hearsEverything();

private:
    void add(const QString& id, int second, protocol::AlertSeverity severity = protocol::AlertSeverity::High);
    void acknowledge(const QString& id);

    std::unique_ptr<model::AlertsModel> m_alerts;
    std::unique_ptr<ui::AlertsPanel> m_panel;
    QListView* m_list = nullptr;
    QPushButton* m_button = nullptr;
};

void TestAlertsPanel::init()
{
    m_alerts = std::make_unique<model::AlertsModel>();
    m_panel = std::make_unique<ui::AlertsPanel>(*m_alerts);
    m_panel->setLocale(QLocale(QLocale::English, QLocale::UnitedStates));
    m_panel->resize(300, 300);
    m_list = m_panel->findChild<QListView*>(QStringLiteral("alerts"));
    m_button = m_panel->findChild<QPushButton*>(QStringLiteral("alerts-acknowledge"));
    m_panel->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
}

void TestAlertsPanel::cleanup()
{
    m_panel.reset();
    m_alerts.reset();
}

void TestAlertsPanel::add(const QString& id, int second, protocol::AlertSeverity severity)
{
    Alert alert;
    alert.id = id;
    alert.kind = protocol::AlertKind::ViolationSpike;
    alert.message = QStringLiteral("Message of ") + id;
    alert.severity = severity;
    alert.timestamp = *protocol::fromIso(u"2026-02-07T22:30:00Z") + std::chrono::seconds(second);
    m_alerts->add(alert);
}

void TestAlertsPanel::acknowledge(const QString& id)
{
    m_alerts->acknowledge(id, {QStringLiteral("ana"), *protocol::fromIso(u"2026-02-07T23:00:00Z")});
}

void TestAlertsPanel::button_acknowledgesTheSelected()
{
    add(QStringLiteral("a"), 1);
    add(QStringLiteral("b"), 2);
    QSignalSpy requested(m_panel.get(), &ui::AlertsPanel::acknowledgeRequested);
    QVERIFY(!m_button->isEnabled());
    QTest::mouseClick(m_list->viewport(), Qt::LeftButton, {},
                      m_list->visualRect(m_list->model()->index(1, 0)).center());
    QVERIFY(requested.isEmpty()); // a click alone does nothing
    QTest::mouseClick(m_button, Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested[0][0].toString(), QStringLiteral("a"));
}

void TestAlertsPanel::enter_acknowledgesTheSelected()
{
    for (const QString& id : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")})
        add(id, 1);
    acknowledge(QStringLiteral("b"));
    QSignalSpy requested(m_panel.get(), &ui::AlertsPanel::acknowledgeRequested);
    m_panel->activateWindow();
    m_list->setFocus();
    QTRY_VERIFY(m_list->hasFocus());
    m_list->selectAll();
    QTest::keyClick(m_list, Qt::Key_Return);
    QCOMPARE(requested.size(), 2); // one is acknowledged already
}

void TestAlertsPanel::acknowledged_isSaidAndNotOfferedAgain()
{
    add(QStringLiteral("a"), 1);
    m_list->selectAll();
    QVERIFY(m_button->isEnabled());
    acknowledge(QStringLiteral("a"));
    QVERIFY(!m_button->isEnabled());
    QCOMPARE(m_list->model()->index(0, 0).data(AlertTexts::StateTextRole).toString(),
             QStringLiteral("acknowledged by ana"));
}

void TestAlertsPanel::filter_showsOnlyTheOpen()
{
    const QAbstractItemModel* shown = m_list->model();
    QAbstractItemModelTester tester(m_list->model());
    add(QStringLiteral("a"), 1);
    add(QStringLiteral("b"), 2);
    auto* filter = m_panel->findChild<QComboBox*>(QStringLiteral("alerts-shown"));
    filter->setCurrentIndex(int(AlertTexts::Shown::Open));
    QCOMPARE(shown->rowCount(), 2);
    acknowledge(QStringLiteral("a"));
    QCOMPARE(shown->rowCount(), 1);
    acknowledge(QStringLiteral("b"));
    QVERIFY(m_panel->isEmptyShown());
    filter->setCurrentIndex(int(AlertTexts::Shown::Acknowledged));
    QCOMPARE(shown->rowCount(), 2);
    QVERIFY(!m_panel->isEmptyShown());
    QCOMPARE(shown->index(0, 0).data(model::AlertsModel::IdRole).toString(), QStringLiteral("b"));
}

void TestAlertsPanel::count_isOfTheOpen()
{
    const auto countShown = [&] {
        const QList<QLabel*> labels = m_panel->findChildren<QLabel*>();
        return std::ranges::any_of(labels,
                                   [](const QLabel* label) { return label->text() == QStringLiteral("1"); });
    };
    add(QStringLiteral("a"), 1);
    QVERIFY(countShown());
    acknowledge(QStringLiteral("a"));
    QVERIFY(!countShown());
}

void TestAlertsPanel::over_isSaidAndAsksForNobody()
{
    add(QStringLiteral("a"), 1);
    m_list->selectAll();
    QVERIFY(m_button->isEnabled());
    Alert over = m_alerts->alert(0);
    over.state = protocol::AlertState::Resolved;
    over.resolvedAt = *protocol::fromIso(u"2026-02-08T01:00:00Z");
    m_alerts->add(over);
    QVERIFY(!m_button->isEnabled());
    QCOMPARE(m_alerts->unacknowledged(), 0);
    QCOMPARE(m_list->model()->index(0, 0).data(AlertTexts::StateTextRole).toString(),
             QStringLiteral("over since 8 Feb 01:00"));
    auto* filter = m_panel->findChild<QComboBox*>(QStringLiteral("alerts-shown"));
    filter->setCurrentIndex(int(AlertTexts::Shown::Open));
    QVERIFY(m_panel->isEmptyShown());
    filter->setCurrentIndex(int(AlertTexts::Shown::Over));
    QCOMPARE(m_list->model()->rowCount(), 1);
}

void TestAlertsPanel::facts_areASentenceInTheReadersLanguage_data()
{
    using protocol::AlertKind;
    QTest::addColumn<AlertKind>("kind");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("violation spike")
        << AlertKind::ViolationSpike
        << QStringLiteral(
               "1,240 violations in 300 checks since 7 Feb 22:30, at most ten of a check; 12.5 are usual");
    QTest::newRow("performance degradation")
        << AlertKind::PerformanceDegradation
        << QStringLiteral("1,240 of 300 checks since 7 Feb 22:30 took longer than 250 ms; 12.5 are usual");
    QTest::newRow("quality drop")
        << AlertKind::QualityDrop
        << QStringLiteral("1,240 of 300 checks since 7 Feb 22:30 have violations; 12.5 are usual");
    QTest::newRow("usage drop") << AlertKind::UsageDrop
                                << QStringLiteral(
                                       "1,240 users were active on 2/7/26; 12.5 are usual on that weekday");
    QTest::newRow("slow checks") << AlertKind::SlowChecks
                                 << QStringLiteral(
                                        "One check in 20 takes 1,240 ms or longer since 7 Feb 22:30; "
                                        "250 ms are allowed");
    QTest::newRow("failing gate")
        << AlertKind::GateFailing
        << QStringLiteral("The gate unit of shop has been BLOCKED since 7 Feb 22:30, in 300 checks in a row");
    QTest::newRow("of a newer server") << AlertKind::Other << QStringLiteral("Something new.");
}

void TestAlertsPanel::facts_areASentenceInTheReadersLanguage()
{
    QFETCH(protocol::AlertKind, kind);
    QFETCH(QString, sentence);
    Alert alert;
    alert.id = QStringLiteral("a");
    alert.kind = kind;
    if (kind == protocol::AlertKind::Other)
        alert.message = QStringLiteral("Something new.");
    alert.value = 1'240;
    alert.expected = 12.5;
    alert.since = *protocol::fromIso(u"2026-02-07T22:30:00Z");
    alert.checks = 300;
    alert.limitMs = 250;
    alert.project = QStringLiteral("shop");
    alert.gate = QStringLiteral("unit");
    m_alerts->add(alert);
    QCOMPARE(m_list->model()->index(0, 0).data().toString(), sentence);
}

void TestAlertsPanel::screenReader_hearsEverything()
{
    add(QStringLiteral("a"), 1);
    acknowledge(QStringLiteral("a"));
    QCOMPARE(m_list->model()->index(0, 0).data(Qt::AccessibleTextRole).toString(),
             QStringLiteral("HIGH · Violation spike · 7 Feb 22:30 · Message of a · acknowledged by ana"));
}

PRISM_WIDGET_TEST(TestAlertsPanel)

} // namespace tst_alerts_panel

#include "tst_alerts_panel.moc"
