#pragma once

#include "shared/protocol/error.h"
#include "shared/protocol/position.h"
#include "shared/protocol/view.h"

#include <QByteArray>

#include <functional>
#include <memory>
#include <tuple>
#include <vector>

namespace prism::realtime {

/// A part of a view: what is computed, encoded and told by itself, once for all who look at it.
struct Part
{
    enum class Kind { Dashboard, Trend, Forecast };

    Kind kind = Kind::Dashboard;
    protocol::Period period = protocol::Period::Week;
    protocol::TrendMetric metric = {}; ///< of a trend or a forecast
    int steps = 0;                     ///< of a forecast
    QStringList projects = {};         ///< of these alone; of everything where there is none

    bool operator==(const Part&) const = default;
    bool operator<(const Part& other) const
    {
        return std::tie(kind, period, metric, steps, projects) <
               std::tie(other.kind, other.period, other.metric, other.steps, other.projects);
    }
};

std::vector<Part> partsOf(const protocol::View& view);

/// The field of an update's data that a part is under.
QLatin1String fieldOf(Part::Kind kind);

/// A part of a view as of one moment.
struct Update
{
    Part part;
    QByteArray bytes;     ///< JSON from a source; a whole unmasked WebSocket text frame for a session
    quint64 contents = 0; ///< the same says that nothing a person sees has changed
};

using UpdatePtr = std::shared_ptr<const Update>;

/// Computes a part of a view from all that was committed.
using UpdateSource = std::function<protocol::Result<Update>(const Part&)>;

/// Makes a source on the thread that will use it.
using UpdateSourceFactory = std::function<UpdateSource()>;

} // namespace prism::realtime
