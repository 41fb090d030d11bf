#include "tests/api/signed_in_test.h"

namespace prism::test {

RestClient::Headers bearer(const QByteArray& token)
{
    return {{"Authorization", "Bearer " + token}};
}

void SignedInTest::startSignedIn(const QStringList& options)
{
    startServer(QStringList{QStringLiteral("--auth"), QStringLiteral("on")} + options);
    m_admin = made(QStringLiteral("admin"));
}

ProgramResult SignedInTest::run(const QStringList& arguments) const
{
    return ServerProcess::run(
        withData(m_server->dataDir(), QStringList{QStringLiteral("token")} + arguments));
}

QByteArray SignedInTest::lineOf(const ProgramResult& result, const QByteArray& name)
{
    const QList<QByteArray> lines = result.output.split('\n');
    for (const QByteArray& line : lines) {
        if (line.startsWith(name + ' '))
            return line.sliced(name.size()).trimmed();
    }
    return {};
}

QByteArray SignedInTest::made(const QString& role, const QStringList& projects) const
{
    QStringList arguments{QStringLiteral("create"), QStringLiteral("--name"), QStringLiteral("the ") + role,
                          QStringLiteral("--role"), role};
    for (const QString& project : projects)
        arguments += {QStringLiteral("--project"), project};
    return lineOf(run(arguments), "token");
}

HttpResponse SignedInTest::ask(const QByteArray& token, const QByteArray& path) const
{
    return m_client->get(path, bearer(token));
}

} // namespace prism::test
