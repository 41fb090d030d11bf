#pragma once

#include "client/net/api.h"

#include <QObject>

#include <functional>

namespace prism::model {

/// Finds the newest events before a place in the log, a stretch at a time and going back until there are
/// some: where a token is limited to projects whole stretches may be of others. Lives on the GUI thread.
class PastEvents : public QObject
{
    Q_OBJECT

public:
    explicit PastEvents(net::Api& api, QObject* parent = nullptr);

    struct Found
    {
        QList<protocol::Event> events; ///< in their order; none where it gave up looking, or there are none
        protocol::Seq begin = 0;       ///< the last one that was not asked for
        bool hasOlder = false;         ///< there may be some up to `begin`
    };
    using Done = std::function<void(const protocol::Result<Found>&)>;

    /// Looks for events before `end`, about `length` of them. Instead of what it looked for until now.
    void find(protocol::Seq end, int length, Done done);

private:
    void askStretch(protocol::Seq end);
    void ask(protocol::Seq since);
    void onPage(protocol::Seq since, const protocol::Result<protocol::EventPage>& answer);

    net::Api& m_api;
    Done m_done;
    int m_length = 0;
    int m_stretches = 0;       ///< that were looked at
    protocol::Seq m_begin = 0; ///< of this stretch: the last one that it does not have
    protocol::Seq m_end = 0;   ///< the first one behind it
    QList<protocol::Event> m_gathered;
    net::Call m_call;
};

} // namespace prism::model
