#pragma once

#include "client/model/dashboard_model.h"
#include "client/net/api.h"
#include "tests/client/stub_server.h"

#include <memory>

namespace prism::test {

/// What tests of the numbers work with: a server that says what it is told to, one model, and a clock that
/// can be stopped.
class DashboardModelTest
{
protected:
    /// Before each test.
    void begin()
    {
        m_server = std::make_unique<StubServer>();
        m_now.reset();
        m_options = {};
        m_options.clock.elapsed = [this, real = net::Clock().elapsed] { return m_now.value_or(real()); };
        m_options.timing.firstRetry = std::chrono::milliseconds(30);
    }

    /// After it.
    void end()
    {
        m_model.reset();
        m_api.reset();
        m_server.reset();
    }

    void create()
    {
        m_api = std::make_unique<net::Api>(m_server->url(), m_options);
        m_model = std::make_unique<model::DashboardModel>(*m_api, m_options, protocol::Period::Week);
    }

    int requests() const { return m_server->requests(QStringLiteral("/api/v1/analytics/dashboard")); }

    std::unique_ptr<StubServer> m_server;
    std::unique_ptr<net::Api> m_api;
    std::unique_ptr<model::DashboardModel> m_model;
    net::Options m_options;
    std::optional<std::chrono::milliseconds> m_now; ///< where the clock stands, once it is stopped
};

} // namespace prism::test
