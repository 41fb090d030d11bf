#pragma once

#include "client/model/secret_store.h"

namespace prism::model {

/// Secrets in files that nobody but their owner may read, one in each. Does all at once.
class FileSecrets : public SecretStore
{
public:
    /// `folder` need not exist yet.
    explicit FileSecrets(const QString& folder)
        : m_folder(folder)
    {
    }

    void read(const QString& key, const Found& found) override;
    void write(const QString& key, const QByteArray& secret, const Written& written) override;
    void remove(const QString& key, const Removed& removed) override;

    QString pathOf(const QString& key) const;

private:
    const QString m_folder;
};

} // namespace prism::model
