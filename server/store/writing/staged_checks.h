#pragma once

#include "server/store/tables/principle_writer.h"
#include "server/store/writing/false_positives.h"
#include "server/store/writing/write_queue.h"
#include "shared/protocol/check.h"

#include <QHash>

#include <memory>

namespace prism::store {

/// The checks of one write that have too many violations for one transaction: they are written in slices, and
/// nobody sees them before the write itself finishes them, by Transaction::addCheck(). Those that it does not
/// finish, be it that the process ends or the write is refused, are removed later on. Made on any thread,
/// then used on the writer's.
class StagedChecks : public Slices, public std::enable_shared_from_this<StagedChecks>
{
public:
    /// Whether nothing has to be written; it is asked in the transaction of the first slice.
    using IsNeedless = std::function<Result<bool>(Transaction& transaction)>;

    /// Of a write with so many checks.
    explicit StagedChecks(std::size_t checks);

    /// Takes the check, unless it and the others that were not taken are few violations, or no more than
    /// there are checks. `isThere` is given where another than one with its id would do as well.
    void offer(const protocol::Check& check, const IsNeedless& isThere = {});

    bool isEmpty() const { return m_checks.empty(); }

    /// What was done of a check.
    struct Staged
    {
        qint64 ordinal = 0;
        std::shared_ptr<const KnownPrinciples> principles; ///< of its violations
        RecognisedCheck written;                           ///< as its violations are written
    };

    /// Nothing where this very check was not written: there may be another with its id.
    std::optional<Staged> find(const protocol::Check& check) const;

    /// Asks this before anything is written.
    void setNeedless(IsNeedless isNeedless) { m_isNeedless = std::move(isNeedless); }

    bool areDone() const override { return m_isGivenUp || m_place.part == m_checks.size(); }
    void writeNext(Transaction& transaction) override;

private:
    struct Large
    {
        protocol::Check check;
        IsNeedless isThere;
        RecognisedCheck written; ///< as far as it is written, with the marks of then
    };

    /// How far it has come.
    struct Place
    {
        std::size_t part = 0;          ///< the check that is next
        std::optional<qint64> ordinal; ///< it has, where it was begun
        qsizetype violations = 0;      ///< of it that are written
    };

    struct Finished
    {
        std::size_t part = 0;
        qint64 ordinal = 0;
    };

    /// A part of a check in which marks hold, and where it begins.
    struct Recognised
    {
        std::size_t part = 0;
        qsizetype first = 0;
        RecognisedCheck violations;
    };

    /// What a slice comes to.
    struct Slice
    {
        Place place;
        QHash<QString, Finished> finished;
        KnownPrinciples principles;
        std::vector<Recognised> recognised;
    };

    Result<void> write(Transaction& transaction, Slice& slice) const;
    Result<bool> isNeedless(Transaction& transaction, const Large& large) const;
    Result<void> begin(Transaction& transaction, Slice& slice) const;
    Result<qsizetype> writePart(Transaction& transaction, Slice& slice, qsizetype room) const;
    void note(const Slice& slice);
    static void note(Large& large, const Recognised& part);

    std::vector<Large> m_checks;
    qsizetype m_room; ///< for those that are not taken
    IsNeedless m_isNeedless;
    Place m_place;
    QHash<QString, Finished> m_finished; ///< by id, of which the first counts
    std::shared_ptr<KnownPrinciples> m_principles = std::make_shared<KnownPrinciples>();
    bool m_isGivenUp = false;
};

} // namespace prism::store
