#pragma once

#include "client/net/api.h"

#include <QObject>

namespace prism::model {

class ActivityModel;

/// Fetches what came before the rows of an activity, a page each time that is asked for. Borrows the
/// activity. Lives on the GUI thread.
class OlderEvents : public QObject
{
    Q_OBJECT

public:
    OlderEvents(net::Api& api, ActivityModel& activity, QObject* parent = nullptr);

    /// Up to 200 more, unless they are on their way, or there are none.
    void load();

signals:
    /// They are not shown; asking again may help.
    void failed(const protocol::Error& error);

private:
    void ask(const protocol::Position& since);
    void onAnswer(const protocol::Result<protocol::EventPage>& answer);

    net::Api& m_api;
    ActivityModel& m_activity;
    QList<protocol::Event> m_gathered;
    protocol::Seq m_begin = 0; ///< the last one that is not asked for
    protocol::Seq m_end = 0;   ///< the first one that is shown; 0 while nothing is on its way
    net::Call m_call;
};

} // namespace prism::model
