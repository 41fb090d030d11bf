#pragma once

#include "client/net/api.h"

#include <QObject>
#include <QTimer>

namespace prism::model {

using WaitingPairing = net::WaitingPairing;
using PairingApproval = net::PairingApproval;
using ApprovedPairing = net::ApprovedPairing;

/// Who waits to be let in at the server, and letting them in by the code that they show; for admins. Asks
/// only while somebody looks. Borrows the Api. Lives on the GUI thread.
class LettingIn : public QObject
{
    Q_OBJECT

public:
    LettingIn(net::Api& api, const net::Options& options, QObject* parent = nullptr);

    /// While false nothing is fetched.
    void setActive(bool active);
    void refresh();
    /// The oldest first; nobody is told their codes.
    const QList<WaitingPairing>& waiting() const { return m_waiting; }
    /// Why the latest fetch failed; nothing when it worked.
    const std::optional<protocol::Error>& error() const { return m_error; }

    /// What is a code once blanks are taken out of it; empty for what is none.
    static QString codeIn(const QString& typed);
    void approve(const PairingApproval& approval);
    bool isApproving() const { return m_isApproving; }

signals:
    void changed();
    void approved(const prism::model::ApprovedPairing& pairing);
    /// NotFound: nobody shows this code.
    void refused(const prism::protocol::Error& error);

private:
    void onList(const protocol::Result<QList<WaitingPairing>>& answer);
    void onApproved(const protocol::Result<ApprovedPairing>& answer);

    net::Api& m_api;
    QList<WaitingPairing> m_waiting;
    std::optional<protocol::Error> m_error;
    bool m_isActive = false;
    bool m_isApproving = false;
    QTimer m_timer;
    net::Call m_list;
    net::Call m_approval;
};

} // namespace prism::model
