#pragma once

#include "server/api/dashboard_cache.h"
#include "server/api/window_reading.h"
#include "shared/protocol/dashboard.h"

namespace prism::api {

/// Says all that the dashboard of a window depends on: what happened (the position), and where the windows
/// lie, to the minute; of which projects it is; where a moment was asked for, that moment; and what its
/// verdicts are made of. An entity tag.
QByteArray dashboardTag(const protocol::Position& position, const analytics::Window& window, bool isOfAMoment,
                        quint64 noiseHash, const QStringList& projects = {});

/// Makes the dashboard of one window. Lives on the thread of its reading, which has begun and outlives it.
class DashboardReader
{
public:
    DashboardReader(const WindowReading& reading, protocol::Period period)
        : m_reading(reading)
        , m_window(reading.window(period))
        , m_noise(reading.noise(period))
    {
    }

    QByteArray tag() const
    {
        return dashboardTag(m_reading.position(), m_window, m_reading.isOfAMoment(), m_noise.hash,
                            m_reading.projects());
    }
    quint64 noiseHash() const { return m_noise.hash; }

    protocol::Result<protocol::Dashboard> dashboard() const;

    /// Of the window that this one is compared with; nothing where the data began later.
    protocol::Result<std::optional<protocol::Dashboard>> dashboardBefore() const;

    /// What there is to say of the dashboard's numbers beside the window before. Not of Period::All.
    protocol::Result<analytics::Assessments> assessments() const;

    const analytics::Window& window() const { return m_window; }

    /// As JSON, computed once for all who ask after the same event: from the cache where it has it. `tag` is
    /// tag().
    protocol::Result<QByteArray> encoded(DashboardCache& cache, const QByteArray& tag) const;

private:
    protocol::Result<QList<protocol::Alert>> newestAlerts() const;
    analytics::KnownNoise known() const;

    const WindowReading& m_reading;
    const analytics::Window m_window;
    const NoiseBook::Entry m_noise;
};

} // namespace prism::api
