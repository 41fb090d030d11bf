#include "tests/faults/fault_board.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace prism::test {

std::unique_ptr<FaultBoard> FaultBoard::open(const std::string& file)
{
    static_assert(std::atomic<Fault>::is_always_lock_free && std::atomic<std::uint64_t>::is_always_lock_free);
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return nullptr;
    void* memory = MAP_FAILED;
    if (::ftruncate(descriptor, sizeof(Words)) == 0)
        memory = ::mmap(nullptr, sizeof(Words), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    ::close(descriptor);
    if (memory == MAP_FAILED)
        return nullptr;
    return std::unique_ptr<FaultBoard>(new FaultBoard(static_cast<Words*>(memory)));
}

FaultBoard::~FaultBoard()
{
    ::munmap(m_words, sizeof(Words));
}

} // namespace prism::test
