#pragma once

#include "tests/api/hook_sender.h"
#include "tests/support/server_test.h"

namespace prism::test {

inline const QByteArray tokensPath = "/api/v1/auth/tokens";
inline const QByteArray selfPath = "/api/v1/auth/self";
inline const QByteArray checksPath = "/api/v1/gateway/checks";
inline const QByteArray eventsPath = "/api/v1/events";

RestClient::Headers bearer(const QByteArray& token);

/// A test of a server that asks who somebody is, with an admin between startSignedIn() and stopServer().
/// Lives on the main thread.
class SignedInTest : public ServerTest
{
    Q_OBJECT

protected:
    void startSignedIn(const QStringList& options = {});

    /// The sub-command for tokens.
    ProgramResult run(const QStringList& arguments) const;

    /// Of the sub-command's answer.
    static QByteArray lineOf(const ProgramResult& result, const QByteArray& name);

    /// A token of this role, of the projects alone where there are any; it is called "the ROLE". Empty where
    /// none was made.
    QByteArray made(const QString& role, const QStringList& projects = {}) const;

    static QByteArray idOf(const QByteArray& token) { return token.split('_').value(1); }

    HttpResponse ask(const QByteArray& token, const QByteArray& path = selfPath) const;

    QByteArray m_admin;
};

} // namespace prism::test
