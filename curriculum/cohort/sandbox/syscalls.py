"""Seccomp: the system calls that computing and drawing need, and no others."""

from __future__ import annotations

import ctypes
import ctypes.util
import errno
import os
import socket
from functools import cache
from types import ModuleType
from typing import Any

ALLOWED = """
    read write readv writev pread64 pwrite64 preadv pwritev preadv2 pwritev2 lseek _llseek
    open openat creat close close_range dup dup2 dup3 fcntl flock fsync fdatasync ftruncate truncate fallocate
    fadvise64 sendfile copy_file_range pipe pipe2 eventfd eventfd2
    stat fstat lstat newfstatat fstatat64 statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
    getdents getdents64 getcwd chdir fchdir getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr
    mkdir mkdirat rmdir rename renameat renameat2 symlink symlinkat unlink unlinkat
    chmod fchmod fchmodat fchmodat2 utime utimes utimensat futimesat umask
    mmap munmap mprotect mremap madvise msync mincore brk membarrier
    rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack pause
    nanosleep clock_nanosleep clock_gettime clock_getres gettimeofday time alarm getitimer setitimer
    timer_create timer_settime timer_gettime timer_delete timerfd_create timerfd_settime timerfd_gettime
    futex futex_waitv set_robust_list get_robust_list rseq set_tid_address restart_syscall
    sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
    getpid getppid gettid getuid geteuid getgid getegid getgroups getresuid getresgid getpgrp getpgid getsid
    uname sysinfo getrandom getrusage getrlimit times getcpu getpriority
    poll ppoll select pselect6 epoll_create epoll_create1 epoll_ctl epoll_wait epoll_pwait
    sendto recvfrom shutdown getsockopt getsockname getpeername
    wait4 waitid exit exit_group arch_prctl
""".split()  # noqa: SIM905

DENIED = """
    socket connect bind listen accept accept4 sendmsg sendmmsg recvmsg recvmmsg setsockopt
    fork vfork execve execveat ptrace process_vm_readv process_vm_writev kcmp process_madvise
    pidfd_open pidfd_getfd pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo
    mount umount2 unshare setns chroot pivot_root open_tree move_mount fsopen fsmount mount_setattr
    setuid setgid setreuid setregid setresuid setresgid setgroups setfsuid setfsgid capset setsid setpgid
    chown fchown lchown fchownat mknod mknodat link linkat open_by_handle_at name_to_handle_at
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    bpf perf_event_open userfaultfd keyctl add_key request_key io_uring_setup io_uring_enter io_uring_register
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl syslog
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname personality iopl ioperm
    setrlimit setpriority sched_setaffinity sched_setscheduler sched_setattr ioprio_set
    shmget shmat shmctl semget semop semctl msgget msgsnd msgrcv msgctl mq_open
    memfd_create memfd_secret inotify_init inotify_init1 fanotify_init
""".split()  # noqa: SIM905
"""Refused with "operation not permitted", so that an error says what happened; whatever is in neither list does
not exist for the process, and libraries fall back to what does."""

_SONAMES = {"c": "libc.so.6", "seccomp": "libseccomp.so.2"}

_CLONE_THREAD = 0x10000
_IOCTLS = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Questions about terminals and buffers: TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX."""

_PRCTLS = (3, 15, 16, 0x53564D41)
"""PR_GET_DUMPABLE, PR_SET_NAME, PR_GET_NAME, PR_SET_VMA."""


@cache
def library() -> ModuleType | None:
    """The bindings to libseccomp; None where either of the two is not installed."""
    # They ask the system's compiler or linker where the library is, and in here there is neither.
    find: Any = ctypes.util.find_library
    ctypes.util.find_library = _SONAMES.get  # type: ignore[assignment]
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):
        return None
    finally:
        ctypes.util.find_library = find
    module: ModuleType = pyseccomp
    return module


def prepare() -> Any:
    """The rules, as far as they are the same for every process. Raises RuntimeError where there is no seccomp."""
    seccomp = library()
    if seccomp is None:
        raise RuntimeError("seccomp is not installed")
    rules = seccomp.SyscallFilter(seccomp.ERRNO(errno.ENOSYS))
    refused, argument = seccomp.ERRNO(errno.EPERM), seccomp.Arg
    for names, action in ((ALLOWED, seccomp.ALLOW), (DENIED, refused)):
        for name in names:
            number = _number(seccomp, name)
            if number is not None:
                rules.add_rule(action, number)
    # Threads, and no processes. glibc takes clone where clone3 does not exist.
    rules.add_rule(seccomp.ALLOW, "clone", argument(0, seccomp.MASKED_EQ, _CLONE_THREAD, _CLONE_THREAD))
    rules.add_rule(refused, "clone", argument(0, seccomp.MASKED_EQ, _CLONE_THREAD, 0))
    # Its own limits may be asked for.
    rules.add_rule(seccomp.ALLOW, "prlimit64", argument(2, seccomp.EQ, 0))
    rules.add_rule(refused, "prlimit64", argument(2, seccomp.NE, 0))
    # What asyncio wakes itself up with: a pair of streams, which cannot be pointed anywhere else.
    pair = argument(0, seccomp.EQ, socket.AF_UNIX), argument(1, seccomp.MASKED_EQ, 0xF, socket.SOCK_STREAM)
    rules.add_rule(seccomp.ALLOW, "socketpair", *pair)
    for request in _IOCTLS:
        rules.add_rule(seccomp.ALLOW, "ioctl", argument(1, seccomp.EQ, request))
    for option in _PRCTLS:
        rules.add_rule(seccomp.ALLOW, "prctl", argument(0, seccomp.EQ, option))
    return rules


def confine(rules: Any) -> None:
    """From now on this process, and its threads to come, may only make the calls of `rules`. There is no way back.

    Signals may be sent to itself. Raises OSError where the kernel refuses; then the process must not go on.
    """
    seccomp, own = library(), os.getpid()
    assert seccomp is not None
    for name in ("kill", "tgkill"):
        rules.add_rule(seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, own))
        rules.add_rule(seccomp.ERRNO(errno.EPERM), name, seccomp.Arg(0, seccomp.NE, own))
    rules.load()


def _number(seccomp: ModuleType, name: str) -> int | None:
    """The call's number on this machine; None where it, or the library, does not know the call."""
    try:
        number: int = seccomp.resolve_syscall(seccomp.system_arch(), name)
    except (OSError, ValueError):
        return None
    return number if number >= 0 else None
