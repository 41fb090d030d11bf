#include "client/ui/activity/activity_texts.h"
#include "shared/protocol/event.h"
#include "tests/support/test_program.h"
#include "tests/ui/activity/activity_test.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

namespace tst_activity_filters {

using namespace prism;

/// What of the activity is shown.
class TestActivityFilters : public QObject, private test::ActivityTest
{
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void typeFilter_showsOnlyThatType();
    void textFilter_looksIntoEveryColumn_data();
    void textFilter_looksIntoEveryColumn();
    void textFilter_findsWhatTheDetailsShow_data();
    void textFilter_findsWhatTheDetailsShow();
    void textFilter_thatFindsNothing_saysWhereItLooked();
    void textFilter_knowsLettersBeyondAscii();
    void proxy_isAnHonestModel();
};

void TestActivityFilters::typeFilter_showsOnlyThatType()
{
    append(9);
    auto* group = m_panel->findChild<QComboBox*>(QStringLiteral("activity-group"));
    group->setCurrentIndex(int(ui::ActivityTexts::Group::Records));
    QCOMPARE(m_table->model()->rowCount(), 3);
    append(3);
    QCOMPARE(m_table->model()->rowCount(), 4);
    group->setCurrentIndex(int(ui::ActivityTexts::Group::Alerts));
    QCOMPARE(m_table->model()->rowCount(), 0);
    group->setCurrentIndex(int(ui::ActivityTexts::Group::All));
    QCOMPARE(m_table->model()->rowCount(), 12);
}

void TestActivityFilters::textFilter_looksIntoEveryColumn_data()
{
    QTest::addColumn<QString>("search");
    QTest::addColumn<int>("rows");
    QTest::newRow("detail") << QStringLiteral("project-2") << 1;
    QTest::newRow("status, in any case") << QStringLiteral("blocked") << 3;
    QTest::newRow("type") << QStringLiteral("Record") << 3;
    QTest::newRow("blanks around do not count") << QStringLiteral("  PASS ") << 3;
    QTest::newRow("nothing") << QStringLiteral("nowhere") << 0;
}

void TestActivityFilters::textFilter_looksIntoEveryColumn()
{
    append(9);
    QFETCH(QString, search);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(search);
    QTEST(m_table->model()->rowCount(), "rows");
}

void TestActivityFilters::textFilter_findsWhatTheDetailsShow_data()
{
    QTest::addColumn<QString>("search");
    QTest::newRow("person") << QStringLiteral("lovelace");
    QTest::newRow("session") << QStringLiteral("night-shift");
    QTest::newRow("principle's id") << QStringLiteral("no-secrets");
    QTest::newRow("principle's name") << QStringLiteral("secrets in code");
    QTest::newRow("message") << QStringLiteral("token found");
}

void TestActivityFilters::textFilter_findsWhatTheDetailsShow()
{
    append(3);
    const QJsonObject violation{{QStringLiteral("principleId"), QStringLiteral("no-secrets")},
                                {QStringLiteral("principleName"), QStringLiteral("No secrets in code")},
                                {QStringLiteral("message"), QStringLiteral("A token found in a.cpp")}};
    m_activity->append({{QString(protocol::event_type::checkCompleted),
                         ++m_seq,
                         {{QStringLiteral("status"), QStringLiteral("BLOCKED")},
                          {QStringLiteral("project"), QStringLiteral("engine")},
                          {QStringLiteral("user"), QStringLiteral("Ada Lovelace")},
                          {QStringLiteral("session"), QStringLiteral("night-shift")},
                          {QStringLiteral("violations"), QJsonArray{violation}}},
                         protocol::now()}});
    QTRY_COMPARE(m_activity->rowCount(), 4);
    QFETCH(QString, search);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(search);
    QCOMPARE(m_table->model()->rowCount(), 1);
    QVERIFY(m_table->model()
                ->index(0, model::ActivityModel::DetailColumn)
                .data()
                .toString()
                .startsWith(QStringLiteral("engine")));
}

void TestActivityFilters::textFilter_thatFindsNothing_saysWhereItLooked()
{
    append(3);
    auto* search = m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"));
    const auto* older = m_panel->findChild<QPushButton*>(QStringLiteral("activity-older"));
    const auto isSaid = [this](const QString& note) {
        const QList<QLabel*> labels = m_table->findChildren<QLabel*>();
        return std::ranges::any_of(
            labels, [&](const QLabel* label) { return label->isVisible() && label->text() == note; });
    };
    search->setText(QStringLiteral("nowhere"));
    QVERIFY(isSaid(QStringLiteral("No event matches the filter."))); // these are all there are
    QVERIFY(!older->isVisible());

    m_activity->setHasOlder(true);
    QVERIFY(isSaid(
        QStringLiteral("None of the 3 event(s) loaded matches the filter. Older ones were not searched.")));
    QVERIFY(search->toolTip().contains(QStringLiteral("3 event(s) loaded")));
    QSignalSpy requested(m_panel.get(), &ui::ActivityPanel::olderRequested);
    QTest::mouseClick(m_panel->findChild<QPushButton*>(QStringLiteral("activity-older")), Qt::LeftButton);
    QCOMPARE(requested.size(), 1);
    append(1);
    QVERIFY(isSaid(
        QStringLiteral("None of the 4 event(s) loaded matches the filter. Older ones were not searched.")));
    search->setText(QStringLiteral("project-1")); // some match
    QVERIFY(!older->isVisible());
}

/// As the server searches: in any case, and however letters are composed.
void TestActivityFilters::textFilter_knowsLettersBeyondAscii()
{
    m_activity->append({test::recordEvent(++m_seq, QString::fromUtf8("Die \u00c4rzte")),
                        test::recordEvent(++m_seq, QString::fromUtf8("Hauptstra\u00dfe"))});
    QTRY_COMPARE(m_activity->rowCount(), 2);
    auto* search = m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"));
    for (const char* text : {"\u00e4rzte", "a\u0308RZTE", "strasse"}) {
        search->setText(QString::fromUtf8(text));
        QCOMPARE(m_table->model()->rowCount(), 1);
    }
    search->setText(QStringLiteral("arzte"));
    QCOMPARE(m_table->model()->rowCount(), 0);
}

void TestActivityFilters::proxy_isAnHonestModel()
{
    QAbstractItemModelTester tester(m_table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    append(30);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->setText(QStringLiteral("PASS"));
    append(30);
    m_panel->findChild<QLineEdit*>(QStringLiteral("activity-search"))->clear();
    QCOMPARE(m_table->model()->rowCount(), 60);
}

PRISM_WIDGET_TEST(TestActivityFilters)

} // namespace tst_activity_filters

#include "tst_activity_filters.moc"
