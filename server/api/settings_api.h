#pragma once

#include "server/api/routes.h"
#include "server/api/writes.h"
#include "server/service/settings.h"

namespace prism::api {

/// /api/v1/settings: what can be changed while the server runs; /api/v1/alerts/mutes: which kinds of alerts
/// are silent for a while. Lives on its worker's thread.
class SettingsApi
{
public:
    SettingsApi(store::SettingsBook& book, const Writes& writes, int maxJsonDepth, Routes& routes);

private:
    http::Response show(const http::Request& request) const;
    protocol::Result<void> change(const http::Request& request, const http::Reply& reply) const;
    http::Response listMutes(const http::Request& request) const;
    protocol::Result<void> mute(const http::Request& request, const http::Reply& reply) const;
    protocol::Result<void> unmute(const http::Request& request, const http::Reply& reply) const;

    store::SettingsBook& m_book;
    const Writes& m_writes;
    const int m_maxJsonDepth;
    const service::Settings m_settings;
};

} // namespace prism::api
