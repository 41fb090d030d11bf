#pragma once

#include "client/model/secret_store.h"

#include <QObject>

#include <memory>

namespace prism::desktop {

/// The keychain of the desktop that somebody is logged in to: of GNOME and others by libsecret, of KDE its
/// wallet. Which of them is up to the desktop; what it does not take is never written anywhere else instead.
/// It may ask the person to unlock it. Lives on the GUI thread.
class Keychain : public model::SecretStore
{
public:
    /// Null where this program was built without.
    static std::unique_ptr<Keychain> ofDesktop();

    void read(const QString& key, const Found& found) override;
    void write(const QString& key, const QByteArray& secret, const Written& written) override;
    void remove(const QString& key, const Removed& removed) override;

private:
    Keychain() = default;

    QObject m_asker; ///< nobody is told any more when it is gone
};

} // namespace prism::desktop
