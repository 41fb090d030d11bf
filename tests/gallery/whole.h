#pragma once

#include "client/model/activity_model.h"
#include "client/model/alerts_model.h"

#include <QFont>
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
    Past,    ///< as of another moment
    Wall,    ///< full screen, to be read from afar
};

/// Everything that is in the window, put together as the window does, with made-up state and no network.
class Whole : public QWidget
{
    Q_OBJECT

public:
    explicit Whole(State state, QWidget* parent = nullptr);
    ~Whole() override;

private:
    model::ActivityModel m_activity;
    model::AlertsModel m_alerts;
    const QFont m_usualFont;
};

} // namespace prism::gallery
