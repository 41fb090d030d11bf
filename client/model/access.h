#pragma once

#include "client/model/offers.h"
#include "client/net/api.h"

#include <QObject>

#include <optional>

namespace prism::model {

// Whom the server takes the window for is the same there, which knows of no network.
using Self = net::Self;

/// Who is signed in, and what that one is offered. Without a token whatever there is is offered: either
/// nobody has to sign in, or the server refuses everything. Borrows the Api. Lives on the GUI thread.
class Access : public QObject
{
    Q_OBJECT

public:
    /// Where the token is for the next run.
    enum class Kept { Nowhere, Keychain, File };

    Access(net::Api& api, const net::Options& options, QObject* parent = nullptr);

    bool hasToken() const { return !m_api.credentials().token().isEmpty(); }
    /// Why the server is not asked any more; nothing while it is.
    const std::optional<protocol::Error>& refusal() const { return m_api.credentials().refusal(); }

    /// Nothing before the server has said so, and while nobody is signed in.
    const std::optional<Self>& self() const { return m_self; }
    /// As far as it is known; else the one that is offered most.
    protocol::Role role() const;
    bool isLimited() const { return m_self && m_self->reach.isLimited(); }
    bool may(Offer offer) const
    {
        return protocol::mayAct(role(), roleFor(offer)) && (!isLimited() || isOfProjects(offer));
    }

    Kept kept() const { return m_kept; }
    /// Where it is kept, for a person: the path of a file.
    const QString& place() const { return m_place; }
    void setKept(Kept kept, const QString& place = {});

    /// There is a token, which is still to be read: until resume() nothing is asked.
    void hold() { m_api.credentials().hold(); }
    /// Goes on with a token of before, and the role that it had then.
    void resume(const QByteArray& token, std::optional<protocol::Role> role);
    /// Has the server say who that is; only when it is of use it takes the place of the present one.
    void signIn(const QByteArray& token);
    bool isSigningIn() const { return m_candidate; }
    void signOut();

    /// Asks again who that is: a server that was away may say something else.
    void ask();

signals:
    void changed();
    void signedIn(const QByteArray& token, const prism::model::Self& self);
    /// The token tried is of no use. Validation: it is not written like one. NotFound: nobody has to sign in.
    void signInFailed(const prism::protocol::Error& error);
    void signedOut();

private:
    void onSelf(const protocol::Result<Self>& answer);
    void onCandidate(const QByteArray& token, const protocol::Result<Self>& answer);
    void goOnWithoutToken();
    void refuseSignIn(const protocol::Error& error);

    net::Api& m_api;
    const net::Options m_options;
    std::optional<Self> m_self;
    std::optional<protocol::Role> m_remembered;
    Kept m_kept = Kept::Nowhere;
    QString m_place;
    net::Call m_question;
    net::Api* m_candidate = nullptr; ///< a child; while a token is tried
    net::Call m_trial;
};

} // namespace prism::model
