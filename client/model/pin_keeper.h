#pragma once

#include "client/model/profile_store.h"
#include "client/net/trust.h"

namespace prism::model {

/// Keeps with a window's profile which certificate a person trusts there, and makes up for it at the start.
/// Borrows everything it is given. Lives on the GUI thread.
class PinKeeper : public QObject
{
    Q_OBJECT

public:
    PinKeeper(const Profile& profile, ProfileStore& profiles, net::Trust& trust, QObject* parent = nullptr);

private:
    void onTrust();

    Profile m_profile; ///< as it was at the start, but for its name
    bool m_isStored;   ///< or was: whoever has removed it does not want it back
    ProfileStore& m_profiles;
    net::Trust& m_trust;
};

} // namespace prism::model
