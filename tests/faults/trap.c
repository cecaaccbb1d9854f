/* Numbers, logs or fails the file-system steps of this process, or kills it at a step.

   A seccomp filter makes the kernel send SIGSYS instead of each system call that touches files. The handler makes the
   call itself. So the trap also sees calls that bypass the C library (as Rust's rustix does), in every thread.
   Only steps on paths below one root count. Steps are made one at a time, so the log has their real order. */

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#define ARGUMENT(context, n) ((long)(context)->uc_mcontext.gregs[REGISTERS[n]])
#define RESULT(context) (context)->uc_mcontext.gregs[REG_RAX]
static const int REGISTERS[] = {REG_RDI, REG_RSI, REG_RDX, REG_R10, REG_R8, REG_R9};
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#define ARGUMENT(context, n) ((long)(context)->uc_mcontext.regs[n])
#define RESULT(context) (context)->uc_mcontext.regs[0]
#else
#error "x86-64 or arm64 is needed"
#endif

/* The sixth argument of calls that the filter lets pass. None of the calls below uses a sixth argument. */
#define PASS 0x5241474641554c54L
#define LONGEST 4096

enum action { COUNT, KILL, FAIL };

static struct {
    char root[LONGEST];
    int log;
    long at;       /* number of the step for the action, from 1 */
    char kinds[16]; /* kinds of the step, and of the later steps that a lasting failure fails */
    int action, error, lasting;
} plan;
static long step;
static volatile int busy, armed;

/* Header of each step in the log. trap.py has the same layout. */
struct record {
    int64_t offset, result, data;
    int32_t kind, path, target;
    int32_t flags;
};

static long call(long number, long a, long b, long c, long d, long e) {
    long result = syscall(number, a, b, c, d, e, PASS);
    return result == -1 ? -errno : result;
}

static void put(const void *data, size_t length) {
    while (length > 0) {
        long written = call(SYS_write, plan.log, (long)data, (long)length, 0, 0);
        if (written <= 0) return;
        data = (const char *)data + written;
        length -= (size_t)written;
    }
}

/* The path of an open file or folder, "" if there is none. */
static void path_of(int descriptor, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, LONGEST - 1);
    path[length > 0 ? length : 0] = 0;
}

static void join(long folder, const char *name, char *path) {
    char base[LONGEST] = "";
    if (name[0] != '/' && (int)folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) base[0] = 0;
    } else if (name[0] != '/') {
        path_of((int)folder, base);
    }
    size_t length = strlen(base);
    snprintf(path, LONGEST, "%.*s%s%.*s", LONGEST / 2, base, length ? "/" : "", LONGEST / 2 - 2, name);
}

static int is_ours(const char *path) {
    size_t length = strlen(plan.root);
    return strncmp(path, plan.root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/* One call, described as a step. */
struct told {
    char kind;          /* 0: not a step */
    char path[LONGEST], target[LONGEST];
    int64_t offset;     /* -1: the file's present position */
    int descriptor;
    struct iovec parts[64];
    int count;
};

static void tell_open(struct told *told, long folder, const char *name, long flags) {
    told->kind = flags & O_CREAT ? 'c' : 'o';
    join(folder, name, told->path);
}

static void tell_data(struct told *told, char kind, long descriptor, long data, long length, long offset) {
    told->kind = kind;
    told->descriptor = (int)descriptor;
    told->offset = offset;
    told->parts[0] = (struct iovec){(void *)data, (size_t)length};
    told->count = 1;
    path_of(told->descriptor, told->path);
}

static void tell_names(struct told *told, char kind, long folder, long name, long other_folder, long other) {
    told->kind = kind;
    join(folder, (const char *)name, told->path);
    if (other) join(other_folder, (const char *)other, told->target);
}

static void tell(struct told *told, long number, const long *a) {
    switch (number) {
#ifdef SYS_open
    case SYS_open: tell_open(told, AT_FDCWD, (const char *)a[0], a[1]); break;
    case SYS_rename: tell_names(told, 'r', AT_FDCWD, a[0], AT_FDCWD, a[1]); break;
    case SYS_unlink: tell_names(told, 'u', AT_FDCWD, a[0], 0, 0); break;
    case SYS_mkdir: tell_names(told, 'd', AT_FDCWD, a[0], 0, 0); break;
    case SYS_rmdir: tell_names(told, 'x', AT_FDCWD, a[0], 0, 0); break;
#endif
    case SYS_openat: tell_open(told, a[0], (const char *)a[1], a[2]); break;
#ifdef SYS_renameat
    case SYS_renameat:
#endif
    case SYS_renameat2: tell_names(told, 'r', a[0], a[1], a[2], a[3]); break;
    case SYS_unlinkat: tell_names(told, a[2] & AT_REMOVEDIR ? 'x' : 'u', a[0], a[1], 0, 0); break;
    case SYS_mkdirat: tell_names(told, 'd', a[0], a[1], 0, 0); break;
    case SYS_read: tell_data(told, 'R', a[0], a[1], a[2], -1); break;
    case SYS_pread64: tell_data(told, 'R', a[0], a[1], a[2], a[3]); break;
    case SYS_write: tell_data(told, 'w', a[0], a[1], a[2], -1); break;
    case SYS_pwrite64: tell_data(told, 'w', a[0], a[1], a[2], a[3]); break;
    case SYS_writev:
    case SYS_pwritev:
        tell_data(told, 'w', a[0], 0, 0, number == SYS_writev ? -1 : a[3]);
        told->count = a[2] < 64 ? (int)a[2] : 64;
        memcpy(told->parts, (void *)a[1], sizeof(struct iovec) * (size_t)told->count);
        break;
    case SYS_ftruncate: tell_data(told, 't', a[0], 0, 0, a[1]); break;
    case SYS_fsync:
    case SYS_fdatasync: tell_data(told, 's', a[0], 0, 0, 0); break;
    default: break;
    }
    if (told->kind && !is_ours(told->path)) told->kind = 0;
}

static const int WATCHED[] = {
#ifdef SYS_open
    SYS_open, SYS_rename, SYS_unlink, SYS_mkdir, SYS_rmdir,
#endif
#ifdef SYS_renameat
    SYS_renameat,
#endif
    SYS_openat, SYS_renameat2, SYS_unlinkat, SYS_mkdirat, SYS_read, SYS_pread64, SYS_write, SYS_pwrite64,
    SYS_writev, SYS_pwritev, SYS_ftruncate, SYS_fsync, SYS_fdatasync,
};

static void end(void) {
    call(SYS_kill, getpid(), SIGKILL, 0, 0, 0);
    for (;;) pause();
}

static void note(const struct told *told, long flags, long result) {
    struct record record = {
        .offset = told->offset, .result = result, .kind = told->kind, .flags = (int32_t)flags,
        .path = (int32_t)strlen(told->path), .target = (int32_t)strlen(told->target),
    };
    if (told->kind == 'w' && result > 0) {
        record.data = result;
        if (told->offset < 0) record.offset = call(SYS_lseek, told->descriptor, 0, SEEK_CUR, 0, 0) - result;
    }
    put(&record, sizeof record);
    put(told->path, (size_t)record.path);
    put(told->target, (size_t)record.target);
    for (int i = 0; i < told->count && record.data > 0; i++) {
        size_t length = told->parts[i].iov_len;
        if ((int64_t)length > record.data) length = (size_t)record.data;
        put(told->parts[i].iov_base, length);
        record.data -= (int64_t)length;
    }
}

static long take_step(const struct told *told, long number, const long *a) {
    step++;
    int is_due = plan.lasting ? step >= plan.at : step == plan.at;
    if (is_due && plan.action != COUNT && (!plan.kinds[0] || strchr(plan.kinds, told->kind))) {
        if (plan.action != FAIL) end();
        return -plan.error;
    }
    long result = call(number, a[0], a[1], a[2], a[3], a[4]);
    if (plan.log >= 0) note(told, told->kind == 'c' || told->kind == 'o' ? a[number == SYS_openat ? 2 : 1] : 0, result);
    return result;
}

static void on_call(int signal, siginfo_t *info, void *place) {
    (void)signal;
    ucontext_t *context = place;
    int kept = errno;
    long a[6];
    for (int i = 0; i < 6; i++) a[i] = ARGUMENT(context, i);
    struct told told;
    told.kind = told.path[0] = told.target[0] = 0, told.offset = told.count = told.descriptor = 0;
    if (armed) tell(&told, info->si_syscall, a);
    if (told.kind) {
        while (__sync_lock_test_and_set(&busy, 1)) call(SYS_sched_yield, 0, 0, 0, 0, 0);
        RESULT(context) = take_step(&told, info->si_syscall, a);
        __sync_lock_release(&busy);
    } else {
        RESULT(context) = call(info->si_syscall, a[0], a[1], a[2], a[3], a[4]);
    }
    errno = kept;
}

static int install(void) {
    enum { COUNT_OF = sizeof WATCHED / sizeof WATCHED[0] };
    const unsigned sixth = offsetof(struct seccomp_data, args[5]);
    struct sock_filter filter[COUNT_OF + 8];
    int n = 0;
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, sixth);
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)PASS, 0, 2);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, sixth + 4);
    filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)(PASS >> 32), COUNT_OF + 1, 0);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int i = 0; i < COUNT_OF; i++)
        filter[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)WATCHED[i], COUNT_OF - i, 0);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog program = {.len = (unsigned short)n, .filter = filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return errno;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) ? errno : 0;
}

/* Sets the trap in this process for good. The process must have one thread. Returns 0 or an error number. */
int set(void) {
    struct sigaction handler = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER | SA_RESTART};
    if (sigaction(SIGSYS, &handler, NULL)) return errno;
    return install();
}

/* Makes the trap number the steps below this root from 1, and act as planned. */
void arm(const char *root, int log, int action, long at, const char *kinds, int error, int lasting) {
    snprintf(plan.root, sizeof plan.root, "%s", root);
    snprintf(plan.kinds, sizeof plan.kinds, "%s", kinds);
    plan.log = log, plan.action = action, plan.at = at, plan.error = error, plan.lasting = lasting;
    step = 0, armed = 1;
}

/* Writes a mark into the log. */
void mark(void) {
    struct told told = {.kind = 'a'};
    if (plan.log >= 0) note(&told, 0, 0);
}

/* Stops numbering and failing steps. */
void disarm(void) { armed = 0; }
