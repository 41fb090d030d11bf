#pragma once

#include "server/api/context.h"
#include "server/api/writes.h"
#include "server/http/router.h"
#include "server/service/settings.h"

namespace prism::api {

/// /api/v1/settings: what can be changed while the server runs; /api/v1/alerts/mutes: which kinds of alerts
/// are silent for a while. Lives on its worker's thread.
class SettingsApi
{
public:
    SettingsApi(const Context& context, http::Router& router);

private:
    void show(const http::Request& request, const http::Reply& reply) const;
    void change(const http::Request& request, const http::Reply& reply) const;
    void listMutes(const http::Request& request, const http::Reply& reply) const;
    void mute(const http::Request& request, const http::Reply& reply) const;
    void unmute(const http::Request& request, const http::Reply& reply) const;

    const Context& m_context;
    const Writes m_writes;
    const service::Settings m_settings;
};

} // namespace prism::api
