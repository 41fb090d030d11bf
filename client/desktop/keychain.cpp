#include "client/desktop/keychain.h"

#ifdef PRISM_HAS_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

namespace prism::desktop {

#ifdef PRISM_HAS_KEYCHAIN

namespace {

QString service()
{
    return QStringLiteral("prism-dashboard");
}

/// QtKeychain deletes the job when it has finished, which may be after whoever asked is gone.
template <typename Job, typename Then>
void start(Job* job, const QString& key, QObject& asker, const Then& then)
{
    job->setInsecureFallback(false);
    job->setKey(key);
    QObject::connect(job, &QKeychain::Job::finished, &asker, [job, then] { then(*job); });
    job->start();
}

} // namespace

std::unique_ptr<Keychain> Keychain::ofDesktop()
{
    return std::unique_ptr<Keychain>(new Keychain);
}

void Keychain::read(const QString& key, const Found& found)
{
    start(new QKeychain::ReadPasswordJob(service()), key, m_asker,
          [found](const QKeychain::ReadPasswordJob& job) {
              found(job.error() == QKeychain::NoError ? std::optional(job.textData().toUtf8())
                                                      : std::nullopt);
          });
}

void Keychain::write(const QString& key, const QByteArray& secret, const Written& written)
{
    auto* job = new QKeychain::WritePasswordJob(service());
    job->setTextData(QString::fromUtf8(secret));
    start(job, key, m_asker, [written](const QKeychain::WritePasswordJob& done) {
        written(done.error() == QKeychain::NoError);
    });
}

void Keychain::remove(const QString& key, const Removed& removed)
{
    start(new QKeychain::DeletePasswordJob(service()), key, m_asker,
          [removed](const QKeychain::DeletePasswordJob&) { removed(); });
}

#else

std::unique_ptr<Keychain> Keychain::ofDesktop()
{
    return nullptr;
}

void Keychain::read(const QString&, const Found& found)
{
    found(std::nullopt);
}

void Keychain::write(const QString&, const QByteArray&, const Written& written)
{
    written(false);
}

void Keychain::remove(const QString&, const Removed& removed)
{
    removed();
}

#endif

} // namespace prism::desktop
