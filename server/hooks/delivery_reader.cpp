#include "server/hooks/delivery_reader.h"

#include "server/hooks/github.h"
#include "server/hooks/gitlab.h"
#include "server/hooks/sonarqube.h"

namespace prism::hooks {

protocol::Result<Told> readDelivery(Provider provider, const Delivery& delivery, int maxJsonDepth)
{
    switch (provider) {
    case Provider::Github:
        return readGithub(delivery, maxJsonDepth);
    case Provider::Gitlab:
        return readGitlab(delivery, maxJsonDepth);
    case Provider::Sonarqube:
        break;
    }
    return readSonarqube(delivery, maxJsonDepth);
}

} // namespace prism::hooks
