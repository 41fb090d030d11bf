#include "server/realtime/session_filter.h"
#include "tests/support/test_program.h"

#include <QTest>

using prism::realtime::SessionFilter;

namespace {

const QString check = QStringLiteral("gateway:check:completed");
const QString record = QStringLiteral("analytics:record:created");

} // namespace

class SessionFilterTest : public QObject
{
    Q_OBJECT

private slots:
    void untilTheFirstSubscription_everythingIsWanted()
    {
        const SessionFilter filter;
        QVERIFY(filter.wants(check, QString()));
        QVERIFY(filter.wants(record, QString()));
    }

    void afterIt_onlyWhatWasSubscribedTo()
    {
        SessionFilter filter;
        QVERIFY(filter.subscribe(QStringLiteral("gateway:*")).has_value());
        QVERIFY(filter.wants(check, QString()));
        QVERIFY(!filter.wants(record, QString()));
        filter.unsubscribe(QStringLiteral("gateway:*"));
        QVERIFY(!filter.wants(check, QString()));
    }

    void rooms_narrowProjectsAlone()
    {
        SessionFilter filter;
        QVERIFY(filter.join(QStringLiteral("alpha")).has_value());
        QVERIFY(filter.wants(check, QStringLiteral("alpha")));
        QVERIFY(!filter.wants(check, QStringLiteral("beta")));
        QVERIFY(!filter.wants(check, QString()));
        QVERIFY(filter.wants(record, QString()));
        filter.leave(QStringLiteral("alpha"));
        QVERIFY(filter.wants(check, QStringLiteral("beta")));
    }

    void entries_areBounded()
    {
        SessionFilter filter;
        QVERIFY(!filter.subscribe(QString()).has_value());
        QVERIFY(!filter.join(QString(101, QLatin1Char('x'))).has_value());
        for (int i = 0; i < 100; ++i)
            QVERIFY(filter.subscribe(QString::number(i)).has_value());
        QVERIFY(!filter.subscribe(QStringLiteral("one more")).has_value());
        QVERIFY(filter.subscribe(QStringLiteral("5")).has_value());
    }
};

PRISM_APPLESS_TEST(SessionFilterTest)
#include "tst_session_filter.moc"
