#include "client/model/pin_keeper.h"

namespace prism::model {

PinKeeper::PinKeeper(const Profile& profile, ProfileStore& profiles, net::Trust& trust, QObject* parent)
    : QObject(parent)
    , m_profile(profile)
    , m_isStored(profiles.find(profile.name).has_value())
    , m_profiles(profiles)
    , m_trust(trust)
{
    trust.setPin(profile.certificate);
    connect(&profiles, &ProfileStore::renamed, this, [this](const QString& from, const QString& to) {
        if (from == m_profile.name)
            m_profile.name = to;
    });
    connect(&trust, &net::Trust::changed, this, &PinKeeper::onTrust);
}

void PinKeeper::onTrust()
{
    m_profiles.reload(); // another dashboard may have given it another name
    std::optional<Profile> profile = m_profiles.find(m_profile.name);
    m_isStored = m_isStored || profile;
    const bool isNew = !m_isStored && m_profile.isValid();
    if (isNew)
        profile = m_profile;
    if (!profile || profile->server != m_profile.server || profile->certificate == m_trust.pin())
        return;
    profile->certificate = m_trust.pin();
    m_isStored = m_profiles.store(*profile, isNew ? QString() : profile->name) || m_isStored;
}

} // namespace prism::model
