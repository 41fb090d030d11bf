#include "server/http/router.h"

#include <QTest>

using namespace prism::http;

class RouterTest : public QObject
{
    Q_OBJECT

private:
    static Router router()
    {
        Router made;
        for (const auto& [method, pattern] :
             {std::pair("GET", "/a"), std::pair("POST", "/a"), std::pair("POST", "/a/batch"),
              std::pair("GET", "/a/{id}"), std::pair("DELETE", "/a/{id}")})
            made.add({method, QString::fromLatin1(pattern), [](const Request&, const Reply&) {}});
        return made;
    }

private slots:
    void request_findsItsRoute_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QStringList>("captures");
        QTest::newRow("plain") << QByteArray("GET") << "/a"
                               << "/a" << QStringList();
        QTest::newRow("head is get") << QByteArray("HEAD") << "/a"
                                     << "/a" << QStringList();
        QTest::newRow("capture") << QByteArray("GET") << "/a/7"
                                 << "/a/{id}" << QStringList(QStringLiteral("7"));
        QTest::newRow("literal first") << QByteArray("POST") << "/a/batch"
                                       << "/a/batch" << QStringList();
        QTest::newRow("no such method") << QByteArray("PUT") << "/a"
                                        << "" << QStringList();
        QTest::newRow("no such path") << QByteArray("GET") << "/b"
                                      << "" << QStringList();
        QTest::newRow("empty capture") << QByteArray("GET") << "/a/"
                                       << "" << QStringList();
        QTest::newRow("too deep") << QByteArray("GET") << "/a/7/8"
                                  << "" << QStringList();
    }

    void request_findsItsRoute()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(QString, pattern);
        QFETCH(QStringList, captures);
        const Router routes = router();
        const Router::Match match = routes.find(method, path.split(QLatin1Char('/')));
        QCOMPARE(match.route ? match.route->pattern : QString(), pattern);
        QCOMPARE(match.captures, captures);
    }

    void knownPath_namesItsMethods()
    {
        const Router routes = router();
        QCOMPARE(routes.find("PUT", QStringLiteral("/a/7").split(QLatin1Char('/'))).allowed,
                 (QList<QByteArray>{"GET", "HEAD", "DELETE", "OPTIONS"}));
        QVERIFY(routes.find("GET", QStringLiteral("/b").split(QLatin1Char('/'))).allowed.isEmpty());
    }
};

QTEST_APPLESS_MAIN(RouterTest)
#include "tst_router.moc"
