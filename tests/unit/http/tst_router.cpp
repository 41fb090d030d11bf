#include "server/http/router.h"
#include "tests/support/test_program.h"

#include <QTest>

namespace tst_router {

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
            made.add({method, pattern, prism::protocol::Role::Viewer, [](const Request&, const Reply&) {}});
        return made;
    }

private slots:
    void request_findsItsRoute_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("pattern");
        QTest::addColumn<QStringList>("captures");
        QTest::newRow("plain") << QByteArray("GET") << QByteArray("/a") << QByteArray("/a") << QStringList();
        QTest::newRow("head is get") << QByteArray("HEAD") << QByteArray("/a") << QByteArray("/a")
                                     << QStringList();
        QTest::newRow("capture") << QByteArray("GET") << QByteArray("/a/7") << QByteArray("/a/{id}")
                                 << QStringList(QStringLiteral("7"));
        QTest::newRow("literal first")
            << QByteArray("POST") << QByteArray("/a/batch") << QByteArray("/a/batch") << QStringList();
        QTest::newRow("no such method")
            << QByteArray("PUT") << QByteArray("/a") << QByteArray("") << QStringList();
        QTest::newRow("no such path")
            << QByteArray("GET") << QByteArray("/b") << QByteArray("") << QStringList();
        QTest::newRow("empty capture")
            << QByteArray("GET") << QByteArray("/a/") << QByteArray("") << QStringList();
        QTest::newRow("encoded") << QByteArray("GET") << QByteArray("/%61/%2F%C3%A4") << QByteArray("/a/{id}")
                                 << QStringList(QStringLiteral("/\u00e4"));
        QTest::newRow("encoded slash")
            << QByteArray("POST") << QByteArray("/a%2Fbatch") << QByteArray("") << QStringList();
        QTest::newRow("encoded and longer") << QByteArray("GET") << "/%61" + QByteArray("%61").repeated(100)
                                            << QByteArray("") << QStringList();
        QTest::newRow("two slashes") << QByteArray("GET") << QByteArray("//a") << QByteArray("")
                                     << QStringList();
        QTest::newRow("too deep") << QByteArray("GET") << QByteArray("/a/7/8") << QByteArray("")
                                  << QStringList();
    }

    void request_findsItsRoute()
    {
        QFETCH(QByteArray, method);
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, pattern);
        QFETCH(QStringList, captures);
        const Router routes = router();
        const Router::Match match = routes.find(method, path);
        QCOMPARE(match.route ? match.route->pattern : QByteArray(), pattern);
        QCOMPARE(match.captures, captures);
    }

    void knownPath_namesItsMethods()
    {
        const Router routes = router();
        QCOMPARE(routes.methodsOf("/a/7"), (QList<QByteArray>{"GET", "HEAD", "DELETE", "OPTIONS"}));
        QVERIFY(routes.methodsOf("/b").isEmpty());
    }
};

PRISM_APPLESS_TEST(RouterTest)

} // namespace tst_router

#include "tst_router.moc"
