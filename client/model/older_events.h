#pragma once

#include "client/model/past_events.h"

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
    void onFound(const protocol::Result<PastEvents::Found>& found);

    ActivityModel& m_activity;
    PastEvents m_past;
    protocol::Seq m_last = 0;     ///< the last one that was shown when it was asked for older ones
    protocol::Seq m_lookedTo = 0; ///< where that ended, if nothing was found up to there; else 0
    bool m_isUnderWay = false;
};

} // namespace prism::model
