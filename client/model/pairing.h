#pragma once

#include "client/model/access.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace prism::model {

/// How a window without a token is let in: it has the server make a code, which somebody tells an admin, and
/// asks for its token until that one has typed it; then it signs in by it as by any other. Goes on whether or
/// not anybody looks. Borrows the Api and the access. Lives on the GUI thread.
class Pairing : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Idle,    ///< there is no code, or there is no need for one any more
        Waiting, ///< the code may be typed
        Expired, ///< nobody has let it in within the code's life
        Lost,    ///< the server knows the code no more, though it should
        LetIn,   ///< there is a token, which is being tried
    };

    static constexpr int longestName = 100; ///< that the server takes

    Pairing(net::Api& api, Access& access, const net::Options& options, QObject* parent = nullptr);

    /// How this dashboard is called unless somebody calls it otherwise: ana@laptop.
    static QString usualName();

    /// Has the server make a code; the one before stays as long as there is no other.
    void ask(const QString& name);
    bool isAsking() const { return m_isAsking; }
    /// Why there is no code, or no other one; nothing when the latest wish came true.
    const std::optional<protocol::Error>& error() const { return m_error; }

    State state() const { return m_state; }
    /// Six digits; empty while there is none to be typed.
    QString code() const;
    /// For how long it may be typed yet.
    std::chrono::milliseconds left() const;
    /// The server does not answer now; it is asked again.
    bool isAway() const { return m_isAway; }

signals:
    /// Anything above but what is left.
    void changed();

private:
    void onBegun(const protocol::Result<net::BegunPairing>& answer);
    void collect();
    void onCollected(const protocol::Result<QByteArray>& answer);
    void onSignInFailed(const protocol::Error& error);
    void wait();
    void end(State state);
    net::Api& door();

    net::Api& m_api;
    Access& m_access;
    const net::Options m_options;
    std::unique_ptr<net::Api> m_door; ///< for who has no token, or none that is of use
    State m_state = State::Idle;
    bool m_isAsking = false;
    bool m_isAway = false;
    std::optional<protocol::Error> m_error;
    std::optional<net::BegunPairing> m_begun;
    std::chrono::milliseconds m_until{0}; ///< when (Clock::elapsed) the code's life is over
    QByteArray m_token;                   ///< once it was let in, until it is signed in
    QTimer m_timer;
    net::Call m_begin;
    net::Call m_collect;
};

} // namespace prism::model
