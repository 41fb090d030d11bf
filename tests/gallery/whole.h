#pragma once

#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"

#include <QWidget>

namespace prism::gallery {

/// What a window may have to show.
enum class State {
    Empty,   ///< connected to a server without any data
    Loading, ///< nothing has answered yet
    Live,
    Much,  ///< long numbers, long lists
    Stale, ///< polled, and not fresh
    Offline,
    Failing, ///< the server answers with errors
};

/// Everything that is in the window, put together as the window does, with made-up state and no network.
class Whole : public QWidget
{
    Q_OBJECT

public:
    explicit Whole(State state, QWidget* parent = nullptr);

private:
    model::ActivityModel m_activity;
    model::AlertsModel m_alerts;
};

} // namespace prism::gallery
