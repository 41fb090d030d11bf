#pragma once

#include "server/api/write_request.h"
#include "server/store/tables/settings_book.h"

namespace prism::api {

/// What is to become of the settings. Runs on the writer's thread with those that the change before left.
using SettingsChange = std::function<protocol::Result<protocol::Settings>(const protocol::Settings&)>;

/// The data of the answer, as JSON.
using SettingsAnswer = std::function<QByteArray(const protocol::Settings&)>;

/// Changes the settings in the order of the commits, tells by an event, and answers. They hold from when they
/// are on disk, and that is before anybody hears of it.
void submitSettings(const Context& context, const http::Request& request, const http::Reply& reply,
                    const SettingsChange& change, const SettingsAnswer& answer);

} // namespace prism::api
