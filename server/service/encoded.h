#pragma once

#include <QByteArray>

#include <tuple>

namespace prism::service {

/// What stands after a change, as JSON: encoded once, for the event and for the answer.
struct Encoded
{
    QByteArray json;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.json);
    }
};

} // namespace prism::service
