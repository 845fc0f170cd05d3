using System.Text;
using Coop.Boxes;
using Coop.Errors;
using Coop.Storage;
using Coop.TestKit;
using CsCheck;
using Xunit;

namespace Coop.Engines;

public class MountOptionTests
{
    [Theory]
    [InlineData("/a", "type=bind,source=/a,target=/t")]
    [InlineData("/a:b", "type=bind,source=/a:b,target=/t")]
    [InlineData("/a b", "type=bind,source=/a b,target=/t")]
    [InlineData("/a,b", "type=bind,\"source=/a,b\",target=/t")]
    [InlineData("/a\"b", "type=bind,\"source=/a\"\"b\",target=/t")]
    [InlineData("/a\nb", "type=bind,\"source=/a\nb\",target=/t")]
    [InlineData("/a,readonly=false", "type=bind,\"source=/a,readonly=false\",target=/t")]
    [InlineData("/a=b", "type=bind,source=/a=b,target=/t")]
    [InlineData("/日本", "type=bind,source=/日本,target=/t")]
    public void Odd_names_are_quoted_as_one_field(string source, string expected) =>
        Assert.Equal(expected, MountOption.Render(SomePlan.Bind(source, "/t")));

    [Fact]
    public void A_mount_that_must_not_be_written_says_so() =>
        Assert.Equal("type=bind,source=/a,target=/t,readonly", MountOption.Render(SomePlan.Bind("/a", "/t", isReadOnly: true)));

    [Fact]
    public void A_name_that_is_no_utf8_is_refused()
    {
        Mount mount = new(MountPurpose.Hidden, BytePath.From([(byte)'/', 0xff]), BytePath.From("/t"), true);
        var error = Assert.Throws<UserError>(() => MountOption.Render(mount));
        Assert.Equal(@"The name '/\xff' cannot be passed to a container engine.", error.Message);
    }

    [Theory]
    [InlineData("/a\rb", "/t")]
    [InlineData("/a", "/t\r")]
    public void A_carriage_return_is_refused_since_readers_drop_it(string source, string target) =>
        Assert.Throws<UserError>(() => MountOption.Render(SomePlan.Bind(source, target)));

    [Fact]
    public void What_an_engine_reads_is_what_was_meant() =>
        Gen.Select(Name, Name)
            .Sample(
                (source, target) =>
                    Assert.Equal(
                        ["type=bind", "source=/" + source, "target=/" + target, "readonly"],
                        ReadCsv(MountOption.Render(SomePlan.Bind("/" + source, "/" + target, isReadOnly: true)))
                    ),
                iter: 2000
            );

    private static readonly Gen<string> Name = Gen.String[Gen.Char[",\"\n :='\\aé"], 0, 8];

    // One record as Go's encoding/csv reads it: a field is quoted only when it begins with a quote.
    private static List<string> ReadCsv(string record)
    {
        List<string> fields = [];
        var at = 0;
        while (true)
        {
            StringBuilder field = new();
            if (at < record.Length && record[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (record[at] != '"')
                    {
                        field.Append(record[at]);
                    }
                    else if (at + 1 < record.Length && record[at + 1] == '"')
                    {
                        field.Append(record[at++]);
                    }
                    else
                    {
                        at++;
                        break;
                    }
                }
            }
            else
            {
                while (at < record.Length && record[at] != ',')
                {
                    Assert.False(record[at] is '"' or '\n', "A bare quote or newline stands outside quotes.");
                    field.Append(record[at++]);
                }
            }

            fields.Add(field.ToString());
            if (at == record.Length)
            {
                return fields;
            }

            Assert.Equal(',', record[at++]);
        }
    }
}
