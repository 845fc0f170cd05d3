using Coop.Boxes;
using Coop.Configuration;
using Coop.Errors;

namespace Coop.BoxPlanning;

/// <summary>
/// Chooses the box's user so that it is never root of the host and what it makes belongs to the repository's owner. The table is in docs/threat-model.md.
/// </summary>
internal static class BoxUserPlanner
{
    /// <summary>The unprivileged user that images know by the box contract.</summary>
    public static readonly UserAndGroup ContractUser = new(1000, 1000);

    /// <summary>
    /// The host user of a bubblewrap box that root starts on a repository of root's. Nobody has it: above the ranges that distributions (to 65535),
    /// subuid (usually to 600100000) and systemd-nspawn (to 1879048191) hand out.
    /// </summary>
    public static readonly UserAndGroup NobodysUser = new(1_900_000_000, 1_900_000_000);

    /// <exception cref="UserError">The combination cannot be made safe or right; the box does not start.</exception>
    public static BoxUser Plan(EngineKind engine, UserAndGroup caller, UserAndGroup owner, string repository)
    {
        if (caller.Uid == 0)
        {
            return PlanForRoot(engine, owner);
        }

        if (owner.Uid != caller.Uid)
        {
            throw new UserError(
                $"'{repository}' belongs to user {owner.Uid}, not to you ({caller.Uid}): what a box makes there would have the wrong owner.",
                "Run coop as the owner or as root, or make the repository yours: sudo chown -R $(id -u):$(id -g) ."
            );
        }

        return engine switch
        {
            // The daemon shares the host's user ids, so the box's user is the caller.
            EngineKind.Docker => new BoxUser(caller, caller, caller, MapsUsers: false),

            // A virtual machine of the caller's own.
            EngineKind.AppleContainer => new BoxUser(caller, caller, caller, MapsUsers: false),
            EngineKind.Podman or EngineKind.Bubblewrap => new BoxUser(ContractUser, caller, caller, MapsUsers: true),
            _ => throw new InvalidOperationException($"No user for {engine}."),
        };
    }

    private static BoxUser PlanForRoot(EngineKind engine, UserAndGroup owner) =>
        (engine, owner.Uid) switch
        {
            (EngineKind.AppleContainer, _) => throw new UserError(
                "Apple's container runs boxes of ordinary users only.",
                "Run coop without sudo."
            ),
            (EngineKind.Bubblewrap, 0) => new BoxUser(ContractUser, NobodysUser, owner, MapsUsers: true),
            (EngineKind.Bubblewrap, _) => new BoxUser(ContractUser, WithoutRootsGroup(owner), owner, MapsUsers: true),
            (_, 0) => new BoxUser(ContractUser, ContractUser, owner, MapsUsers: false),
            (_, _) => new BoxUser(WithoutRootsGroup(owner), WithoutRootsGroup(owner), owner, MapsUsers: false),
        };

    // A group of root's would make the box a member of it.
    private static UserAndGroup WithoutRootsGroup(UserAndGroup owner) => owner.Gid == 0 ? owner with { Gid = owner.Uid } : owner;
}
