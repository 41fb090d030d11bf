#pragma once

#include "shared/protocol/error.h"

#include <QByteArray>
#include <QObject>

#include <optional>

namespace prism::net {

/// By which token one client asks its server, if by any, and whether that is still of use: once it was
/// refused nothing is asked any more until there is another. Lives on the GUI thread.
class Credentials : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Empty: nobody is signed in.
    const QByteArray& token() const { return m_token; }
    /// The same one counts as another: somebody wants it to be tried.
    void setToken(const QByteArray& token);

    /// The token is still to come: until it is set nothing is asked.
    void hold() { m_isHeld = true; }
    bool isHeld() const { return m_isHeld; }

    /// What a request says of them; empty for nothing.
    QByteArray authorization() const;

    /// Why nothing is asked; nothing while it is.
    const std::optional<protocol::Error>& refusal() const { return m_refusal; }
    /// The server said so of a request that had this authorization. What was said of an earlier one is too
    /// late.
    void refuse(const QByteArray& authorization, const protocol::Error& why);

signals:
    void changed();

private:
    QByteArray m_token;
    bool m_isHeld = false;
    std::optional<protocol::Error> m_refusal;
};

} // namespace prism::net
