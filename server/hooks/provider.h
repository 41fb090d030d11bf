#pragma once

#include "shared/protocol/names.h"

namespace prism::hooks {

/// A system that tells of the runs of gates by itself.
enum class Provider { Github, Gitlab, Sonarqube };

constexpr std::array<protocol::Name<Provider>, 3> providerNames{
    {{Provider::Github, "github"}, {Provider::Gitlab, "gitlab"}, {Provider::Sonarqube, "sonarqube"}}};

} // namespace prism::hooks
