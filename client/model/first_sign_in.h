#pragma once

#include "client/model/access.h"

#include <QObject>
#include <QTimer>

namespace prism::model {

/// Signs in by a token that somebody gave when the window was opened, as soon as the server answers. Borrows
/// the access. Lives on the GUI thread.
class FirstSignIn : public QObject
{
    Q_OBJECT

public:
    FirstSignIn(Access& access, const net::Options& options, QObject* parent = nullptr);

    void begin(const QByteArray& token);

signals:
    /// It is of no use, and not tried any further.
    void failed(const prism::protocol::Error& error);

private:
    void onFailed(const protocol::Error& error);

    Access& m_access;
    QByteArray m_token; ///< while it is tried
    QTimer m_retry;
};

} // namespace prism::model
