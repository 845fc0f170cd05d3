using Coop.TestKit;
using Xunit;

namespace Coop.Configuration;

public class ProxyVariablesTests
{
    [Fact]
    public void A_proxy_of_the_network_is_passed_on_and_one_of_the_host_s_loopback_is_not()
    {
        var host = SomeHost.With(
            ("HTTPS_PROXY", "http://user:word@proxy.example:3128"),
            ("http_proxy", "http://127.0.0.1:3128"),
            ("all_proxy", "localhost:1080"),
            ("FTP_PROXY", ""),
            ("no_proxy", "localhost,.example")
        );
        Assert.Equal(["HTTPS_PROXY", "no_proxy"], ProxyVariables.SetIn(host));
    }
}
