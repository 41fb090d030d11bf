#pragma once

#include <QByteArray>
#include <QString>

#include <functional>
#include <optional>

namespace prism::model {

/// Where secrets are kept between two runs, by name. What is asked for is done in the order in which it was,
/// at once or later. Lives on the GUI thread.
class SecretStore
{
public:
    using Found = std::function<void(const std::optional<QByteArray>& secret)>;
    using Written = std::function<void(bool done)>;
    using Removed = std::function<void()>;

    SecretStore() = default;
    SecretStore(const SecretStore&) = delete;
    SecretStore& operator=(const SecretStore&) = delete;
    virtual ~SecretStore() = default;

    /// Nothing is found as well where nothing can be read.
    virtual void read(const QString& key, const Found& found) = 0;
    virtual void write(const QString& key, const QByteArray& secret, const Written& written) = 0;
    /// Told as well where there was nothing, or it could not be taken away.
    virtual void remove(const QString& key, const Removed& removed) = 0;
};

} // namespace prism::model
